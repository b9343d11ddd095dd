package dev.coppice.transfer.delta.match;

/** Tells content that is compressed already, in which nothing is found and nothing is saved. */
public final class CompressedContent {
  private CompressedContent() {}

  /** Whether content begins as compressed files do. Names are not trusted: they are conventions. */
  public static boolean is(byte[] content) {
    return startsWith(content, 0x1f, 0x8b) // gzip
        || startsWith(content, 0xfd, '7', 'z', 'X', 'Z', 0) // xz
        || startsWith(content, 0x28, 0xb5, 0x2f, 0xfd) // zstd
        || startsWith(content, 'B', 'Z', 'h') // bzip2
        || startsWith(content, 0x89, 'P', 'N', 'G') // PNG
        || startsWith(content, 0xff, 0xd8, 0xff) // JPEG
        || startsWith(content, 'P', 'K', 3, 4) // ZIP, JAR
        || startsWith(content, 'w', 'O', 'F', '2'); // WOFF2
  }

  private static boolean startsWith(byte[] content, int... magic) {
    if (content.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((content[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
