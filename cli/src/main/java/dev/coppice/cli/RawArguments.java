package dev.coppice.cli;

import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments with nothing lost.
 *
 * <p>The JVM decodes arguments before {@code main} and puts U+FFFD in place of bytes that are not
 * UTF-8. When there is one, the bytes are read again from the kernel, and such bytes become lone
 * surrogates U+DC80..U+DCFF, as everywhere in Coppice.
 */
final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char REPLACEMENT = '\uFFFD';

  private RawArguments() {}

  static List<String> of(String[] args) {
    List<String> decoded = List.of(args);
    for (String argument : decoded) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        return reread(decoded);
      }
    }
    return decoded;
  }

  private static List<String> reread(List<String> decoded) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(COMMAND_LINE);
    } catch (IOException e) {
      return decoded; // no /proc: such names cannot be passed then
    }
    List<String> all = split(bytes);
    return all.size() < decoded.size()
        ? decoded
        : List.copyOf(all.subList(all.size() - decoded.size(), all.size()));
  }

  /** Splits at NUL bytes and decodes. */
  static List<String> split(byte[] bytes) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        words.add(PosixNames.decode(bytes, start, i - start));
        start = i + 1;
      }
    }
    return words;
  }
}
