// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey::vectors {

// RFC 7515, appendix A
constexpr char kRfc7515A1Secret[] =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
constexpr char kRfc7515A1Token[] =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA"
    "6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char kRfc7515A2Key[] =
    "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4q"
    "PCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf"
    "63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I"
    "5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\""
    "}";
constexpr char kRfc7515A2Token[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9"
    "pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Q"
    "c_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARN"
    "PvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6I"
    "eYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr char kRfc7515A3Key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\""
    "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";
constexpr char kRfc7515A3Token[] =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9"
    "pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqP"
    "P3-Kg6NU1Q";
constexpr char kRfc7515A4Key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnY"
    "G_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk\",\"y\":\"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1W"
    "DhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2\"}";
constexpr char kRfc7515A4Token[] =
    "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZq"
    "wqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9E"
    "RBXukOXolLzeO_Jn";
constexpr char kRfc7515A5Token[] =
    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p"
    "c19yb290Ijp0cnVlfQ.";

// RFC 7520, section 4. Their payload is a sentence, not JSON.
constexpr char kRfc7520RsaKey[] =
    "{\"kty\":\"RSA\",\"kid\":\"bilbo.baggins@hobbiton.example\",\"use\":\"sig\",\"n\":\"n4EPtAOCc9Al"
    "keQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2w"
    "qVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNL"
    "YD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_"
    "qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw\",\"e\":\"AQAB\"}";
constexpr char kRfc7520EcKey[] =
    "{\"kty\":\"EC\",\"kid\":\"bilbo.baggins@hobbiton.example\",\"use\":\"sig\",\"crv\":\"P-521\",\"x"
    "\":\"AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt\","
    "\"y\":\"AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1"
    "\"}";
constexpr char kRfc7520Secret[] = "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg";
constexpr char kRfc7520Rs256Token[] =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3V"
    "zIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHl"
    "vdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9"
    "mZiB0by4.MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp8"
    "3xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6"
    "x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI"
    "-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg";
constexpr char kRfc7520Ps384Token[] =
    "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3V"
    "zIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHl"
    "vdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9"
    "mZiB0by4.cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP"
    "6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqr"
    "YRXe8P_ijQ7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64"
    "QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw";
constexpr char kRfc7520Es512Token[] =
    "eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3V"
    "zIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHl"
    "vdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9"
    "mZiB0by4.AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1e"
    "JAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2";
constexpr char kRfc7520Hs256Token[] =
    "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9.SXTigJlzIGEgZGF"
    "uZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5"
    "kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN"
    "3ZXB0IG9mZiB0by4.s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";

// Project Wycheproof: a key that can be factored, CVE-2017-15361
constexpr char kRocaKey[] =
    "{\"kty\":\"RSA\",\"n\":\"AanFpofbj7KjD4Lf-N2hVMKR7yewSyXhhbirIMTGpfYEhZ_lnt5UoK98DnKIgArXGTu3MaW"
    "_HhFw16HGaTDUHqPrId7fe4r11CqRw09yBFuW79V8sYIwHdzCaWflUI6auImYbVfoN9_nD5n8N8SY9DwXw7mwZM9wREPXoDP"
    "gOoIWl6q_MPsp7n0zs3Z5ZaiQWOOzl1S9OhwAfSiiOwz6efnXEaxuTEtPd7BjSx7NaFka8Dx9U7YqXy2RFj1O9PjyaDGuRh7"
    "YXsX3iMUSP_wSyHQg_c_qHRtKUsNSGCT7OZg0hzm2KphtjnayKJvC64vAbROBR4Ubg6Bxg9IQVZ-QYyE\",\"e\":\"AQAB"
    "\"}";

// Made for these tests with another implementation; the private keys are gone. Payload: {"sub":"jdoe.test"}
constexpr char kRsaKey[] =
    "{\"kty\":\"RSA\",\"n\":\"zoeNzNcWyCDrwna8P-asTqUQJrpSG61xsigpPSoRH9IFwqme8StxvMDTYQak_WwKGJIxEka"
    "MfDtfNrUSqklsimgpQyWSM6V3DU4aFWqY-KmO2fo9cFDMGMH6wRHc0Z-UBIpKou7wIj1hEFoMhsiLgyseY9HHiIJJCf4Ev9m"
    "Du4nDg3z8yaAxOz6dk4seUAmWwccf23q1bQC9ecAr_t-IAD9yWh5jum9-e6Q5SfgSWSqeLkfvMp4F8xT61cgUpaeB4d5-IpC"
    "MqG72PeiuV1BY87SHDfQ50NnVSEkCS6eTFDqtUHjBpkvJw1I7zzDh3GvK5AMfAfhFefphy8FvtVO8pQ\",\"e\":\"AQAB\""
    "}";
constexpr char kRsa1024Key[] =
    "{\"kty\":\"RSA\",\"n\":\"93cojBK-mAp2jCDCy12oX-20tS8_72RVFb8FHZnqAkEvPXv1pXUDUVdAlL408cjh_Gpje1h"
    "NCFL_G5PIc6FazeNo2KFmTq8W5t1lIcDVZ1FThr9fTwjEeIRQyuxUqTzQoKnFxWqhXrh-fVr3KGHt_ikFB836feXIjAhh4Tc"
    "aD80\",\"e\":\"AQAB\"}";
constexpr char kEs256Key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"cI6U24nRyDj3b6CDZNx7HLeRlilJLb4K23B2NeCVyUo\",\"y\":\""
    "fJNvECBo7QYLsCBWhcjuVQTmkVQVJJ4hFbfNj4pJyns\"}";
constexpr char kEs384Key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"JnKvWwonRh9mw5Ip9uzXnkykQP51vWvtMKuhunopGi4cd0TOBPPeDE"
    "K_a-ajIaW7\",\"y\":\"NQJ2gSe9wJD6MUxKXnU1cI1bqIIj9FFhS_xznNxPHfIT2a2zzPYGackDdAb61M8o\"}";
constexpr char kEs512Key[] =
    "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AHkU0KGLdFTiJ4wbMZSM322tnZUwt1qXfI8m-dTe4eOV1DDD0-Tba5"
    "FIu2VvrTJnJdV7Ppsma0c54MAOi-fPAi5W\",\"y\":\"Aa-WTOfgfg7WPSm5CgsQFBcIxDwNmc2NpZ-syfudjUVCTrCpYy2"
    "T4Ae1I7br42vZeU30eaOgKVyZuzBwk7LJTB6U\"}";
constexpr char kRs256Token[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.ROjtrSpyF4M0V1iTLi_E0uSvC8io4a49YMizQWsIrWA6yTAn"
    "vsNxswGCZTsaXGq_qEycdBWaaP0iT0u8502KfV8Pm8q4_XJBo-kQo5SXYgwR0Rek91I8HFli-H6SNltbVZs3DLqa3MuOFovo"
    "TDT9TPjwiwDZ83qgposRAFZSl2NEGOisRFz4t5i0vS98hBvFGLvihYqqQ2sFr8unUUKNLOJIlD_TNIoH1-jHjb16zN2oamQ-"
    "3OYnZ8ggRl2FjTBeHiKIz-bJZxHaF7EvCKnA8yZdsucmjq5eEbzzAMFAyWRMId64LFqY1sXSbD_e5QicvAnKiWXOkA3wA7zQ"
    "4MR8wA";
constexpr char kRs384Token[] =
    "eyJhbGciOiJSUzM4NCJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.l320ma7oIBtfQSotaHhuvpN-PT0wJXCwaBHzj2P_GuTpRSEF"
    "Mn1-5P5H6z41G4yJDPtisPiwr0r0spkI85T9bjrJvCuq3g8F0hoDEmUNrmjPRc2RztJ0FjMg06Y2qNrf1mrz-0mBVTHjtrEV"
    "_ekGYrULQI6fzd_cmasNdmMYgvzv-eguHdHiHK8ccMPh77G9MyBVda5HCHjvBc9-nvF1gfnLoxqfIKrOrwC5Qp13HZ_XlvXq"
    "wTriXKFkNRH4MFuHc6fyEWU_8xp4Y4-fRsy-Yw_uHrI5nWsWl8TtOfs0PBQJq0svjS44JCRKNDzX12A4i-zBCZeGJqCyJDm5"
    "re7nqQ";
constexpr char kRs512Token[] =
    "eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.y1niRSlGRsCyF_mbcIjwO2BJTmZ_3KCh_mHMcnMJCJENXuS7"
    "rIVR6mywIiOWX1w9AkNuUmCVKii9egcvEJghZNWJfPGL7NkXqPhNMwAnYMQtHmA-NVdxoyCDDsVEQk39pD_fwKzakvAT7ooC"
    "X4k_ro-mk-3kniMvS-UeQXXpaeD7mrb2hz9wCztaqlCYNuCUeJegEOvUxvPFJQZdu1-UKtUaqtDMch5paiqTgw_zXU9kYsiR"
    "92NiNPvaqudNorRTZeMs1uvM7Fo32M1Te5ciC4peqPgU2JUo8jKrSprEOe_PB-GVeT3NY41V0mH0rRnVZdaHd7B9B0K2ir-M"
    "X10SVA";
constexpr char kPs256Token[] =
    "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.GTwNF9fUndnCeTjACBig0EI0tU8un5P_8MuoqUN5C-70B5zi"
    "eWHpErFWwQf9K407COaGGuK6yDbzS9Ql5NfX7iGhh_7QULwLImHIUefzExfmYP9OQC4JDFzo4YDSBdfa-_k0X3AsTC-v2BmQ"
    "N7djCgkv7bRD9p0q4Q2w6rHASFe2lRe5ILDTZbgteJK07tRuNzqM5PEQ3A8IHSOQNUh3opgc1oRsNk9cW5Z2rF2Jsmiv3oaD"
    "v57wYhi36HSDdkvMCqFOUm3EhQpDriZ4iDplIHjqP0L9TY7R9wOMSjWrPHZbI0QR3PUG4TCDzVnYYEUUETdJtTfdrYaRQRWh"
    "F_6S6Q";
constexpr char kPs384Token[] =
    "eyJhbGciOiJQUzM4NCJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.JChGOigJyVPChDE-FDyC2yve31s3bCweo1eHfdH2JXA0ovxs"
    "NTj-yarCgsrWqEtpsXy3DVZyqNTIq-MtDzRmPP7eRJ3pjAmg0HIJz_M95CRb6TMepvfj7tBAghMZD3mFLP8Zb_Rvxd2U1GBI"
    "wx16lO9SHGptEM66W9QBKv38jhUA0JnfmnbLZdjdXAsCVLwL7KA6hXmWMLDNiidde7NkV8SbeETH3AMbrqYOVY04OIxT7NRW"
    "-8Z1GqFKk5a5mQJdRfX7vfGmTeYofEn101nBbs0hW2jIgOE3Orxa6lDh9ikdj6HYQzt38hDBk-75nQiYP27Ct_BXHRtZbcuo"
    "vUEiFQ";
constexpr char kPs512Token[] =
    "eyJhbGciOiJQUzUxMiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.M-rHs7QYlAo9cniN2ii38ILWH87U1bifo9DkvATYCNmtJN9k"
    "CIhBJneDTMh_sexLywxI39TI2ztxV5HxHE--LvfcAJB3BcXYHpogdIATtW2dH4qi0ZEMQhtLEYuYSgu9VxQ6PIb4oNVdoyx8"
    "6puMp_ZEQYSEjOVVSZOpulS9pwilGeNc4CE07Gjqw1o-QkZyW4k1UjVmYwq_yernUKTPnu1q_L8rZn4ZLPmTbkU2H9WOm_Sm"
    "ZVo4kjk-7clmlVBpdOJ2QLAas0dkzNwG62kwNOhcoAAc-oZAf_a2E7spyMHbol6k4K3jH6PLvjM4uIzN1mmNfhKKN53BHt1c"
    "aGxJog";
constexpr char kEs256Token[] =
    "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.8kLxggnP0cIVQE9DOH-un9jtwu2bOYXJjpHnIDubs673TQNe"
    "wyg_xB9SsGfzWBrtAnODNcmvi9Obnq_pfaFUyQ";
constexpr char kEs384Token[] =
    "eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.35cU2-KAAgavHy5M9o9K4ST-VEPqfUz8u-d3A8AmXyI54RLu"
    "bL2sgZU7aE713iQAEuU4QqwfYvPUOiCKxVWcSkfPWFjHpRYxFgzsnvHMWiizeyvoLLTsRfaGgSkaPcAS";
constexpr char kEs512Token[] =
    "eyJhbGciOiJFUzUxMiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.AQywSLBkGAlHyHyV0hyHKPfRE8P1MqfyuwE4Mb8uSdjn7sfj"
    "x-eU7cbx3HbWrpVTi5-k3qXimHN22qOtzjZd59RnAL27Qeico6uOPeUvc4p0iOSk-kVyJsfSg5ZHNpS7cds2GLJXypZ4CGKr"
    "Ped2ivwJhC7Evqaj4pVmsyJJDFp259MD";
constexpr char kPs256TokenSalt20[] =
    "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.JXeo_IKp6PVPm6QOoLWR_qyBnQS8_ta1Q8PSHSKyv183-vVr"
    "vyIY5fx9an_f7NXOouhfdibB4KrgzxTSrFBhvmk_wYl6hIKH80B4uCHKuVvsNEaezk2BrTNKo7qpElpwzFfQ0b0IOgPrAMpQ"
    "bGB9SHdu9Iq29Nmqm-q8GBlrVrGtWVP72F-v-1nHCtdTEUoNx0tM0ka_XQC95mZLL_G_I30huEqYS1qJdgDIuNDM32Y0vDLU"
    "Os82_UwGYjPbsSz_6YhYVFhj-dSGCBxclk76hn_Y49ev0y-YVp9DSjxOrHXggL8Lq2sCpU_2oQlQvHEIZBHHmdhZY95oDv1w"
    "j4eh8g";
constexpr char kPs256TokenNoSalt[] =
    "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.LEhUf9QzuN2bPWd5ywu4fKLEN3JmSjeAe2-X9rSsVNxS-sCs"
    "IJY6xuivpWQzuWulMuekqW1duJiWlsDlgw5TZgTnBWMWTBK4Tr5nR_nJpopeDsD2u-zRo7um0LiLwu0EKxC8oOI_mR-goshT"
    "9OoZ2Ez9aYyRpJfrwBgzYXcglrAqwwSz7J3BaGo3UVBtsgaX4t1op-CJGyIORS9YDz1oMSRIUeFu5A9JyXCi_DNO4CfznumK"
    "f4bql8SXkyVIwIF0v3jUDWmH5V-UBLssa_euk9zCwyfzB3eTaRaFemCzfrAjbrk0nRXTBSmAVnjj0Nr8r-bhfwThsWexmL2Q"
    "ap2kbg";
constexpr char kPs256TokenLongestSalt[] =
    "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.oxa2odUDyX3lL9IENAIRwGt7SpuG1FwrvPGFOgs8Sl2xjLEz"
    "ktoCS5FTeXVnOxeTVKEJYnemqJV7A75efaJoCZcSAZtU6YwteGKagNsGSDw-bGnX5G9sjOyqS2Eb0gbEMRHPuoobIzY2fuKg"
    "htgz6HyggopJnNY8mPjaVMNyhZq0-Uh_7apQpZ9xhjVTe1tLeEAXy6V4ad-nINxbBQ17EBe1Cl7_fy5mnNKxWJOGKrH00hjM"
    "ZnmEAP3AgfTlTYiUDaAEcqk9S0zlCuHew-b0OCIWQdlRqopgjSi8do2k79Hfp9SR-VW9BRn9GTnPPlEJygIAOhmXlr6EfW5L"
    "k2ABig";
constexpr char kPs256TokenMgfSha1[] =
    "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.xppY4mt3j8fdVZWQ9BAYI5uIwMpfa6D7IHN_kKq4-tyMLk1I"
    "UOIZNpPGlB1WLHWOvyl4Sm4ofu-EeTv8gsuDs8zsdHGDkxAc3AhKecqS8kNwXGDXj3-b4VkS4YmSn0wUe4M1L6MBR3Glgz-s"
    "5OqPPal7t8R0tNBTh2tHC1ytV-jf573KknsvIRFdByr2NY0OegmXUVF2AApB-O-M59eUuabWrJPkHR5kM38ds_S2fAkzjetq"
    "LKxqU-hSwLh9kxPaNfQpwNWzFozHndi3oJDgdx6XDLDId4DIKzCaJ8qf06xEyOXG8zxMmFY1FDV-Cda2ZQJFsbWGYsoMXLwQ"
    "RUbF-g";
constexpr char kRs256TokenOfSha1[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.RlcxXNuZnP6uBLZopZMoAIeuD17zsBWXBT8ce556na4OAoDr"
    "xhdk-IG5t7kbGkwvy0fc053TjWRQiPvLkkatIcDciYYzJ4Uv7MSf6myf8_OW0UhmnFq4hwC-sYlVWm19nNEQDifI_JyK3VfP"
    "PqdikbPm3Ht6I6Wa009iLRTVGJPYDrlRLhUB23AhIkZeF2gnwHdgbaDwOO3wef7iUB2zUNsjyibll5IB5u4oLDnDll8q1-ML"
    "bR3WrMqn5KNIjMmREECLQY-HJa37_v_kuEn_zPH7BPy2HyqlURZxVFHwBP5K6q2F4wo_aqlF7zTSPgB6pWm1li3YR7_dq0N_"
    "aWvO3w";
constexpr char kRs256TokenPadPss[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.u-HvlQejiNWfW5VMR1x9FAHCRVX1vt89Dkfb2hRnmBc0_lce"
    "8saUxSuJdrRa5pCGvx5nXttP8RUWImPtIew0rWAAB9-JwFzWq5Rdg4tKEUIFQ4eFDcJULrXI5-sm0w4tjFTK_ssy5qnnvogw"
    "XRYcUwbVFy3HKJmZayPSnA-4ybVZnKRhN9oHJ8DxEQVdmMwDwo47_9f4NoaiZMVZ1HsMIuB5OLLSicTHTafwUvwKoWqkppYC"
    "j-uPAUdw9eZHybZLUfY6ojiE4VT_Zo0w6r-0nFc011jZ0fNkDle1EZcKmp_w09VoWcwTA55dawb1G8_JhKv63ioynfSiRzwU"
    "VA_UHA";
constexpr char kRs256TokenOf1024Bits[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.hryILOUeHGx7ZwUYhpGwD0Ag994DHlWXJWZt8cOLVraBifVE"
    "215XOR7AXC3jaqr6nF4irBr-gRsNzseQex_OmC4c45c6P0dwSVQoA7beBMINk7ep_fFm7WJFqt51AlJ01NMdsiLJIQ4tOHRy"
    "kcbINcuteozfTJO2lIIBBTQBv_g";
constexpr char kEs256TokenDer[] =
    "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqZG9lLnRlc3QifQ.MEYCIQDyQvGCCc_RwhVAT0M4f66f2O3C7Zs5hcmOkecgO5uz"
    "rgIhAPdNA17DKD_EH1KwZ_NYGu0Cc4M1ya-L05uer-l9oVTJ";

} // namespace latchkey::vectors
