package dev.coppice.cli.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that options name: text in UTF-8. */
final class TextFile {
  private TextFile() {}

  /**
   * The text of a file.
   *
   * @throws Failure when it is not UTF-8
   */
  static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(
          ErrorCode.INPUT_INVALID, "Invalid UTF-8 in " + file, "Write the file in UTF-8.", e);
    }
  }
}
