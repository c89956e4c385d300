"""A finished interview as a code to scan: answers packed bit by bit, sealed for a clinic if wanted, drawn as a QR code.

What is packed here is packed byte for byte the same in the browser, by `pack.js` and `seal.js`.
"""
