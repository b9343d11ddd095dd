package dev.coppice.reposerver.web;

import dev.coppice.core.store.FileObject;
import dev.coppice.reposerver.web.tree.FileKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * What pages read of a file: all of it where it is small, else its start.
 *
 * @param kind for people
 * @param text the whole file, where it is small and text in UTF-8; of an empty file an empty text
 */
record SmallText(String kind, Optional<String> text) {
  /** Bytes of a text that is shown; more of it nobody reads in a browser. */
  static final int SHOWN = 256 << 10;

  /** Reads the content of a regular file. */
  static SmallText of(FileObject object) throws IOException {
    if (object.size() == 0) {
      return new SmallText("empty file", Optional.of(""));
    }
    boolean large = object.size() > SHOWN;
    byte[] bytes;
    try (InputStream in = object.content()) {
      bytes = in.readNBytes(large ? FileKind.ENOUGH : SHOWN);
    }
    Optional<String> text = large ? Optional.empty() : FileKind.text(bytes);
    String kind =
        text.isPresent()
            ? "text"
            : FileKind.of(Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.ENOUGH)));
    return new SmallText(kind, text);
  }
}
