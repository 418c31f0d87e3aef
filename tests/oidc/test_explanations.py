# SPDX-License-Identifier: GPL-3.0-or-later
"""The explanations obey their schema, and the schema refuses what it should."""

import copy
import json
import pathlib
import unittest

import jsonschema

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "resources" / "explanations"


def load(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


class Explanations(unittest.TestCase):
    def setUp(self):
        self.schema = load("explanations.schema.json")
        self.data = load("explanations.json")
        self.validator = jsonschema.Draft202012Validator(self.schema)

    def refuses(self, change):
        data = copy.deepcopy(self.data)
        change(data["rules"][0])
        return not self.validator.is_valid(data)

    def test_the_schema_is_one(self):
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_the_data_obeys(self):
        problems = [f"{each.json_path}: {each.message}" for each in self.validator.iter_errors(self.data)]
        self.assertEqual(problems, [])

    def test_every_id_occurs_once(self):
        ids = [rule["id"] for rule in self.data["rules"]]
        self.assertEqual(len(ids), len(set(ids)))

    def test_unknown_members_are_refused(self):
        self.assertTrue(self.refuses(lambda rule: rule.update(url="https://example.com")))
        self.assertTrue(self.refuses(lambda rule: rule["match"][0].update(staus="401")))
        self.assertTrue(self.refuses(lambda rule: rule["causes"][0].update(rank=1)))
        self.assertTrue(self.refuses(lambda rule: rule["link"].update(url="https://example.com")))
        data = dict(self.data, version=2)
        self.assertFalse(self.validator.is_valid(data))

    def test_missing_members_are_refused(self):
        for member in ("id", "match", "title", "what_happened", "causes", "link"):
            with self.subTest(member):
                self.assertTrue(self.refuses(lambda rule: rule.pop(member)))
        for member in ("title", "text", "next"):
            with self.subTest(member):
                self.assertTrue(self.refuses(lambda rule: rule["causes"][0].pop(member)))

    def test_a_pattern_that_holds_for_everything_is_refused(self):
        self.assertTrue(self.refuses(lambda rule: rule["match"].append({})))
        self.assertTrue(self.refuses(lambda rule: rule.update(match=[])))

    def test_words_nobody_knows_are_refused(self):
        self.assertTrue(self.refuses(lambda rule: rule["match"].append({"kind": "unreachabel"})))
        self.assertTrue(self.refuses(lambda rule: rule["match"].append({"reason": "unheard_of"})))
        self.assertTrue(self.refuses(lambda rule: rule["causes"][0].update(action="unheard_of")))
        self.assertTrue(self.refuses(lambda rule: rule.update(link={"portal": "elsewhere"})))
        self.assertTrue(self.refuses(lambda rule: rule.update(link={"documentation": "https://example.com"})))


if __name__ == "__main__":
    unittest.main()
