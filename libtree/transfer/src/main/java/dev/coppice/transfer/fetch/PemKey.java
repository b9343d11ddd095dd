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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM: PKCS #8, and the older forms of RSA and EC keys, PKCS #1 (RFC 8017) and SEC
 * 1 (RFC 5915).
 */
public final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** The version, and the identifier of RSA, that PKCS #8 puts in front of a PKCS #1 key. */
  private static final byte[] RSA_INTRODUCTION =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  /** The identifier of EC keys; the curve follows it. */
  private static final byte[] EC_ALGORITHM = HexFormat.of().parseHex("06072a8648ce3d0201");

  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");

  /** Of the optional part of a SEC 1 key that names its curve. */
  private static final int CURVE = 0xa0;

  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  private PemKey() {}

  /**
   * Reads the first private key of a file.
   *
   * @throws GeneralSecurityException when it has none, or one that is encrypted or of a kind that
   *     is not known
   */
  public static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InvalidKeyException(
          file
              + " has no private key; an encrypted one must be turned into a plain one with"
              + " 'openssl pkcs8 -topk8 -nocrypt'");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    byte[] pkcs8 =
        switch (block.group(1)) {
          case "RSA PRIVATE KEY" -> wrapped(der);
          case "EC PRIVATE KEY" -> wrappedEc(der, file);
          default -> der;
        };
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

  private static byte[] wrappedEc(byte[] key, Path file) throws InvalidKeyException {
    var algorithm = new ByteArrayOutputStream();
    algorithm.writeBytes(EC_ALGORITHM);
    algorithm.writeBytes(curve(key, file));
    var inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_0);
    inner.writeBytes(tagged(SEQUENCE, algorithm.toByteArray()));
    inner.writeBytes(tagged(OCTET_STRING, key));
    return tagged(SEQUENCE, inner.toByteArray());
  }

  /** The identifier of the curve: the key is a sequence of version, secret, curve, public key. */
  private static byte[] curve(byte[] key, Path file) throws InvalidKeyException {
    int at = 2 + (key.length > 2 ? lengthBytes(key[1]) : 0);
    while (at + 2 <= key.length) {
      int content = at + 2;
      int length = key[at + 1]; // all parts are short, so their lengths are single bytes
      if (length < 0 || content + length > key.length) {
        break;
      }
      if ((key[at] & 0xff) == CURVE) {
        return Arrays.copyOfRange(key, content, content + length);
      }
      at = content + length;
    }
    throw new InvalidKeyException(file + ": the EC key does not name its curve");
  }

  /** How many bytes of length follow the first one. */
  private static int lengthBytes(byte first) {
    return first < 0 ? first & 0x7f : 0;
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
