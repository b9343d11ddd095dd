package dev.coppice.core.composefs;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Extended attributes of files in an image: those of the tree, and those by which overlayfs finds
 * content. Attributes of the tree that would mean something to overlayfs get another {@code
 * overlay.} in their name, which it takes away again.
 */
final class OverlayXattrs {
  private static final byte[] PREFIX = ascii("trusted.overlay.");
  private static final byte[] ESCAPED_PREFIX = ascii("trusted.overlay.overlay.");
  private static final byte[] METACOPY = ascii("trusted.overlay.metacopy");
  private static final byte[] REDIRECT = ascii("trusted.overlay.redirect");

  /** The root hides whatever is below it in the overlay. */
  static final Xattr OPAQUE = new Xattr(ascii("trusted.overlay.opaque"), ascii("y"));

  /** Without digest: the content may be anything. */
  private static final Xattr ANY_CONTENT = new Xattr(METACOPY, new byte[0]);

  /** Bytes of what follows in a metacopy attribute, and {@code FS_VERITY_HASH_ALG_SHA256}. */
  private static final byte[] DIGEST_HEADER = {0, 4 + Checksum.BYTES, 0, 1};

  /** What an inode may have; half of what the format could hold. */
  private static final int MAX_SIZE = 0xffff / 2;

  private static final int MAX_NAME = 255;
  private static final int MAX_VALUE = 0xffff;

  /** How attributes are counted: the worst that alignment can cost, and once for the inode. */
  private static final int COST_OF_EACH = 7;

  private static final int COST_OF_ANY = 12;

  private OverlayXattrs() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The attributes of a file or directory of the tree, sorted.
   *
   * @throws Failure when they are more than an image can hold
   */
  static List<Xattr> escape(Xattrs xattrs) {
    if (xattrs.isEmpty()) {
      return List.of();
    }
    List<Xattr> result = new ArrayList<>();
    int size = COST_OF_ANY;
    for (Xattr xattr : xattrs.entries()) {
      // A commit of somebody else may name one twice: the last one counts.
      for (int i = 0; i < result.size(); i++) {
        if (Arrays.equals(result.get(i).name(), xattr.name())) {
          size -= cost(result.remove(i));
          break;
        }
      }
      size += cost(xattr);
      boolean tooLarge = xattr.name().length > MAX_NAME || xattr.value().length > MAX_VALUE;
      if (tooLarge || size > MAX_SIZE) {
        throw new Failure(
            ErrorCode.IMAGE_UNSUPPORTED,
            "Setting composefs xattrs for "
                + xattr.nameText()
                + ": Numerical result out of range: a composefs image has room for "
                + MAX_SIZE
                + " bytes of attributes with each file",
            "Commit the tree with fewer or smaller extended attributes.");
      }
      result.add(xattr);
    }
    result.replaceAll(OverlayXattrs::escape);
    return sorted(result);
  }

  private static int cost(Xattr xattr) {
    return COST_OF_EACH + xattr.name().length + xattr.value().length;
  }

  private static Xattr escape(Xattr xattr) {
    byte[] name = xattr.name();
    int prefix = PREFIX.length;
    if (name.length < prefix || !Arrays.equals(name, 0, prefix, PREFIX, 0, prefix)) {
      return xattr;
    }
    int rest = name.length - prefix;
    byte[] escaped = Arrays.copyOf(ESCAPED_PREFIX, ESCAPED_PREFIX.length + rest);
    System.arraycopy(name, prefix, escaped, ESCAPED_PREFIX.length, rest);
    return new Xattr(escaped, xattr.value());
  }

  /**
   * Attributes with those of a file whose content is in an object.
   *
   * @param digest that the content must have
   */
  static List<Xattr> withContent(List<Xattr> xattrs, Checksum object, Optional<Checksum> digest) {
    var result = new ArrayList<>(xattrs);
    result.add(digest.map(OverlayXattrs::content).orElse(ANY_CONTENT));
    // Overlays are mounted over the objects of a bare repository, whatever this one is.
    String path = "/" + RepoLayout.loosePath(ObjectName.file(object), RepoMode.BARE);
    result.add(new Xattr(REDIRECT, ascii(path)));
    return sorted(result);
  }

  private static Xattr content(Checksum digest) {
    byte[] value = Arrays.copyOf(DIGEST_HEADER, DIGEST_HEADER.length + Checksum.BYTES);
    digest.write(value, DIGEST_HEADER.length);
    return new Xattr(METACOPY, value);
  }

  /** Attributes with one more. */
  static List<Xattr> with(List<Xattr> xattrs, Xattr added) {
    var result = new ArrayList<>(xattrs);
    result.add(added);
    return sorted(result);
  }

  private static List<Xattr> sorted(List<Xattr> xattrs) {
    xattrs.sort((x, y) -> Arrays.compareUnsigned(x.name(), y.name()));
    return xattrs;
  }
}
