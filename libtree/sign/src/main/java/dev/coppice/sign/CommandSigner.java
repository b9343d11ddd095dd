package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Has a program sign: it reads the bytes on standard input and prints the signature, raw or in
 * base64, on standard output. So the key can stay in a token or a signing service.
 */
record CommandSigner(SignatureType type, List<String> command) implements Signer {
  /** The signer of a command line; its words are separated by blanks, there is no quoting. */
  static CommandSigner of(SignatureType type, String line) {
    if (line.isBlank()) {
      throw new Failure(ErrorCode.USAGE, "command: names no program", "command:PROGRAM ARGUMENTS");
    }
    return new CommandSigner(type, List.of(line.strip().split("\\s+")));
  }

  @Override
  public byte[] sign(byte[] data) throws IOException {
    byte[] output = SigningProgram.run(command, data);
    if (type != SignatureType.ED25519) {
      return isBase64(output) ? Base64Text.decode(text(output)) : output;
    }
    byte[] signature =
        output.length == SignatureScheme.ED25519_SIGNATURE
            ? output
            : Base64Text.decode(text(output));
    if (signature.length != SignatureScheme.ED25519_SIGNATURE) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          command.getFirst() + " printed no Ed25519 signature",
          "It must print 64 bytes, or their base64, and nothing else");
    }
    return signature;
  }

  /** A signature in DER or of RSA is practically never made of letters and digits alone. */
  private static boolean isBase64(byte[] output) {
    return text(output).strip().matches("[A-Za-z0-9+/\\r\\n]+=*");
  }

  private static String text(byte[] output) {
    return new String(output, StandardCharsets.ISO_8859_1);
  }
}
