// Sealing the bytes of a code for a clinic, with nothing but WebCrypto: HPKE (RFC 9180) in base mode, with
// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, word for word as the RFC has it. sealing.py opens it.
//
// The file is one expression, an object of functions. Keys are the 32 bytes of an X25519 key.
(() => {
  "use strict";

  const { subtle } = globalThis.crypto;
  const INFO = new TextEncoder().encode("screener code 1");
  const PART = 32;
  const NONE = new Uint8Array(0);

  const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const ascii = (text) => new TextEncoder().encode(text);
  const two = (number) => [number >> 8, number & 255];
  const KEM = join(ascii("KEM"), two(0x20)); // DHKEM(X25519, HKDF-SHA256)
  const SUITE = join(ascii("HPKE"), two(0x20), two(1), two(1)); // with HKDF-SHA256 and AES-128-GCM

  // ---- HKDF (RFC 5869) with SHA-256, labelled as in section 4 of RFC 9180. No part needs more than one block.
  const hmac = async (secret, data) => {
    // A key of no bytes is the same as one of zeros, and not every browser takes it.
    const raw = secret.length ? secret : new Uint8Array(32);
    const key = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", key, data));
  };
  const extract = (suite, salt, label, secret) => hmac(salt, join(ascii("HPKE-v1"), suite, ascii(label), secret));
  const expand = async (suite, secret, label, info, size) => {
    const block = await hmac(secret, join(two(size), ascii("HPKE-v1"), suite, ascii(label), info, [1]));
    return block.slice(0, size);
  };

  // ---- The key that both sides come to (section 4.1), and what follows from it in base mode (section 5.1).
  const newPair = () => subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  const raw = async (key) => new Uint8Array(await subtle.exportKey("raw", key));
  const shared = async (pair, theirs) => {
    const key = await subtle.importKey("raw", theirs, { name: "X25519" }, false, []);
    const point = new Uint8Array(await subtle.deriveBits({ name: "X25519", public: key }, pair.privateKey, 256));
    if (point.every((byte) => byte === 0)) throw new RangeError("no such key");
    const mine = await raw(pair.publicKey);
    const secret = await extract(KEM, NONE, "eae_prk", point);
    return { mine, secret: await expand(KEM, secret, "shared_secret", join(mine, theirs), 32) };
  };
  const schedule = async (secret, info) => {
    const hashes = [await extract(SUITE, NONE, "psk_id_hash", NONE), await extract(SUITE, NONE, "info_hash", info)];
    const context = join([0], ...hashes);
    const whole = await extract(SUITE, secret, "secret", NONE);
    const key = await expand(SUITE, whole, "key", context, 16);
    return { key, nonce: await expand(SUITE, whole, "base_nonce", context, 12) };
  };

  // Seal for a public key with a pair that is used this once, for any use and with data that only has to be the same.
  const sealedWith = async (pair, theirs, info, data, plain) => {
    const { mine, secret } = await shared(pair, theirs);
    const { key, nonce } = await schedule(secret, info);
    const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
    const cipher = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: data }, aes, plain);
    return join(mine, new Uint8Array(cipher));
  };

  // The bytes of a code, sealed for whoever has the private key. How long it is says how many parts it fills, no more.
  const sealed = async (theirs, body) => {
    const parts = Math.max(1, Math.ceil(body.length / PART));
    const plain = new Uint8Array(parts * PART);
    plain.set(body);
    return sealedWith(await newPair(), theirs, INFO, NONE, plain);
  };

  return { sealed, sealedWith };
})()
