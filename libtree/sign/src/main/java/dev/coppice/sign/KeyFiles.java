package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of keys: for {@code ed25519} a key in base64 on each line, for {@code spki} PEM blocks, for
 * {@code dummy} the text of each line.
 */
final class KeyFiles {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  static final List<String> PUBLIC_LABELS = List.of("PUBLIC KEY");

  /** Of PKCS 8, and of older forms, which the real tool takes in base64 but not in PEM. */
  static final List<String> SECRET_LABELS =
      List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY");

  /** What openssl writes before an elliptic key; the key says it again. */
  private static final String PARAMETERS = "EC PARAMETERS";

  private KeyFiles() {}

  /** The public keys of a file. */
  static List<byte[]> publicKeys(SignatureType type, Path file) throws IOException {
    return read(type, file, PUBLIC_LABELS);
  }

  /** The secret keys of a file. */
  static List<byte[]> secretKeys(SignatureType type, Path file) throws IOException {
    return read(type, file, SECRET_LABELS);
  }

  private static List<byte[]> read(SignatureType type, Path file, List<String> labels)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "File object '" + file + "' is not a regular file",
          "Name the file that has the keys");
    }
    // Every byte is a character: keys are ASCII, and what is not must not stop the reading.
    return parse(
        type, Files.readString(file, StandardCharsets.ISO_8859_1), labels, file.toString());
  }

  /**
   * The keys in a text.
   *
   * @param labels which PEM blocks there may be
   * @param source where it is from, for errors
   */
  static List<byte[]> parse(SignatureType type, String text, List<String> labels, String source) {
    List<String> lines = text.lines().toList();
    return switch (type) {
      case ED25519 -> base64(lines);
      case SPKI -> pem(lines, labels, source);
      case DUMMY -> lines.stream().map(line -> line.getBytes(StandardCharsets.ISO_8859_1)).toList();
      case GPG -> throw new IllegalArgumentException("OpenPGP keys are in keyrings");
    };
  }

  private static List<byte[]> base64(List<String> lines) {
    List<byte[]> keys = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        keys.add(Base64Text.decode(line));
      }
    }
    return keys;
  }

  private static List<byte[]> pem(List<String> lines, List<String> labels, String source) {
    List<byte[]> keys = new ArrayList<>();
    @Nullable String open = null;
    var body = new StringBuilder();
    for (String raw : lines) {
      String line = raw.strip();
      boolean marker = line.endsWith(DASHES);
      if (open == null && marker && line.startsWith(BEGIN)) {
        open = line.substring(BEGIN.length(), Math.max(BEGIN.length(), end(line)));
        if (!labels.contains(open) && !open.equals(PARAMETERS)) {
          throw damaged("Unexpected label \"" + open + "\"", source);
        }
      } else if (open != null && marker && line.startsWith(END)) {
        if (!line.equals(END + open + DASHES)) {
          throw damaged("Unmatched PEM header", source);
        }
        if (!open.equals(PARAMETERS)) {
          keys.add(Base64Text.decode(body.toString()));
        }
        body.setLength(0);
        open = null;
      } else if (open != null) {
        body.append(line);
      }
    }
    if (open != null) {
      throw damaged("PEM trailer not found", source);
    }
    return keys;
  }

  private static int end(String line) {
    return line.length() - DASHES.length();
  }

  private static Failure damaged(String what, String source) {
    return new Failure(ErrorCode.KEY_INVALID, what, "Look at " + source);
  }
}
