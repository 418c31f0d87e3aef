// SPDX-License-Identifier: GPL-3.0-or-later
// Drives Chromium, without a window, through pages of forms: logins, consents, logouts. Each line of standard
// input is a job, {"url", "fields", "action", "keep"}: "fields" are filled in by name where a page has them,
// "action" may be "abort", and "keep" goes on with the cookies of the last job. For each one line of JSON
// comes back, {"url", "text", "steps"}: where the browser ended, what that page says, and the forms it went
// through. Ends when standard input closes. It speaks the DevTools protocol over a pipe, so no port is opened.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const profile = mkdtempSync(join(tmpdir(), 'latchkey-chromium.'));
const chromium = spawn('chromium', [
  '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run',
  '--disable-gpu', '--disable-dev-shm-usage', '--disable-component-update', '--disable-sync', '--no-proxy-server',
  // Nothing but this computer: the provider's pages ask for a font of another host.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // Chromium's sandbox refuses to start as root, which is who runs the tests in a container.
  ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

let lastId = 0;
const waiting = new Map();
let received = '';
chromium.stdio[4].on('data', (bytes) => {
  received += bytes;
  const messages = received.split('\0');
  received = messages.pop();
  for (const text of messages) {
    const message = JSON.parse(text);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

function call(method, params = {}, sessionId = undefined) {
  lastId += 1;
  chromium.stdio[3].write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => {
    waiting.set(lastId, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message.result)));
  });
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

const kMostForms = 5;

/// What the page is, once it has loaded; null while the browser is between two pages.
async function look(session) {
  const expression = `document.readyState === 'complete' && location.href !== 'about:blank' && ({
    url: location.href, text: document.body.innerText, hasForm: document.forms.length > 0,
    name: document.querySelector('input[name=prompt]')?.value ?? document.forms[0]?.id
      ?? '', fields: [...document.querySelectorAll('input:not([type=hidden])')].map((each) => each.name) })`;
  try {
    const { result } = await call('Runtime.evaluate', { expression, returnByValue: true }, session);
    return result.value || null;
  } catch {
    return null;
  }
}

/// Fills in the form and sends it. A click leads to another page, which may have the same address.
async function act(session, page, job) {
  const fill = page.fields.filter((name) => name in (job.fields ?? {}))
    .map((name) => `document.getElementsByName('${name}')[0].value = ${JSON.stringify(job.fields[name])};`).join('');
  const press = job.action === 'abort' ? "document.querySelector('a[href$=\"/abort\"]')"
    : "document.querySelector('button[type=submit]')";
  const expression = `window.isOld = true; ${fill} ${press}.click()`;
  await call('Runtime.evaluate', { expression, userGesture: true }, session);
  for (let i = 0; i < 300; i += 1) {
    try {
      const { result } = await call('Runtime.evaluate', { expression: 'window.isOld === true' }, session);
      if (result.value === false) return;
    } catch { /* between two pages */ }
    await pause(20);
  }
}

let browserContextId;

async function run(job) {
  if (!job.keep) ({ browserContextId } = await call('Target.createBrowserContext'));
  const { targetId } = await call('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  await call('Page.enable', {}, sessionId);
  await call('Page.navigate', { url: job.url }, sessionId);
  const steps = [];
  let page = null;
  for (let i = 0; i < 500; i += 1) {
    page = await look(sessionId);
    if (page?.hasForm && steps.length < kMostForms) {
      steps.push(page.name || page.fields.join(' '));
      await act(sessionId, page, job);
    } else if (page) {
      break;
    } else {
      await pause(20);
    }
  }
  await call('Target.closeTarget', { targetId });
  return { url: page?.url ?? '', text: page?.text ?? '', steps };
}

const lines = createInterface({ input: process.stdin });
for await (const line of lines) console.log(JSON.stringify(await run(JSON.parse(line))));
chromium.on('exit', () => {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
});
call('Browser.close');
