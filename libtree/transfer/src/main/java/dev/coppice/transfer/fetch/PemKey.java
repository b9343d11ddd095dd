package dev.coppice.transfer.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys in PEM: PKCS #8, and the older form of RSA keys, PKCS #1. */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** The version, and the identifier of RSA, that PKCS #8 puts in front of a PKCS #1 key. */
  private static final byte[] RSA_INTRODUCTION =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  private PemKey() {}

  static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InvalidKeyException(
          file
              + " has no private key; encrypted keys and EC keys in their own form must be turned"
              + " into PKCS #8 with 'openssl pkcs8 -topk8 -nocrypt'");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    byte[] pkcs8 = block.group(1).startsWith("RSA") ? wrapped(der) : der;
    var spec = new PKCS8EncodedKeySpec(pkcs8);
    String lastKind = "";
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        lastKind = algorithm; // it is a key of another kind
      }
    }
    throw new InvalidKeyException(file + ": its kind of key is not known, not even " + lastKind);
  }

  private static byte[] wrapped(byte[] key) {
    var inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_INTRODUCTION);
    inner.writeBytes(tagged(OCTET_STRING, key));
    return tagged(SEQUENCE, inner.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = content.length < 1 << 8 ? 1 : content.length < 1 << 16 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >>> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
