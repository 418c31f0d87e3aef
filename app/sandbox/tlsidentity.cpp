// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tlsidentity.h"

#include <QCoreApplication>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace latchkey::sandbox {

namespace {

constexpr long kDay = 24 * 60 * 60;
constexpr int kVersion3 = 2; // RFC 5280 section 4.1: the number is one less

template<auto release>
struct Released
{
    template<typename T>
    void operator()(T *handle) const
    {
        release(handle);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Released<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Released<X509_free>>;
using Buffer = std::unique_ptr<BIO, Released<BIO_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Released<X509_EXTENSION_free>>;

bool extend(X509 *certificate, int nid, const char *value)
{
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool nameIt(X509 *certificate)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *text = reinterpret_cast<const unsigned char *>("Latchkey sandbox");
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1;
}

bool numberIt(X509 *certificate)
{
    quint32 serial = 0;
    return RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), quint64{serial} + 1) == 1;
}

bool fill(X509 *certificate, EVP_PKEY *key)
{
    return X509_set_version(certificate, kVersion3) == 1 && numberIt(certificate) && nameIt(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), 30 * kDay) &&
           X509_set_pubkey(certificate, key) == 1 &&
           extend(certificate, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost") &&
           extend(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArray contentOf(BIO *buffer)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(buffer, &data);
    return {data, size};
}

} // namespace

Result<TlsIdentity> TlsIdentity::generate()
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    const Buffer certificateText(BIO_new(BIO_s_mem()));
    const Buffer keyText(BIO_new(BIO_s_mem()));
    if (!key || !certificate || !certificateText || !keyText || !fill(certificate.get(), key.get()) ||
        PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail(ErrorKind::InvalidInput,
                    QCoreApplication::translate("TlsIdentity", "No certificate could be made."));
    return TlsIdentity{.certificate = contentOf(certificateText.get()), .key = contentOf(keyText.get())};
}

} // namespace latchkey::sandbox
