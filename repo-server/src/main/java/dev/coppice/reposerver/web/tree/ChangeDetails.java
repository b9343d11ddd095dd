package dev.coppice.reposerver.web.tree;

import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says what of a path changed. */
public record ChangeDetails(Repo repo) {
  /** Content that is read to see whether only the owner or mode changed. */
  private static final int COMPARED = 256 << 10;

  /** What both files and directories have. */
  private record Attributes(int mode, int uid, int gid, Xattrs xattrs, String target) {
    static Attributes of(FileHeader header) {
      return new Attributes(
          header.mode(), header.uid(), header.gid(), header.xattrs(), header.target());
    }

    static Attributes of(DirMeta meta) {
      return new Attributes(meta.mode(), meta.uid(), meta.gid(), meta.xattrs(), "");
    }

    int type() {
      return mode & FileMode.TYPE;
    }
  }

  /** What changed between two entries that are not the same, in words. */
  public List<String> of(Found from, Found to) throws IOException {
    if (from instanceof Found.File old && to instanceof Found.File young) {
      return ofFiles(old, young);
    }
    return compare(attributes(from), attributes(to));
  }

  private List<String> ofFiles(Found.File from, Found.File to) throws IOException {
    try (FileObject old = repo.objects().openFile(from.checksum());
        FileObject young = repo.objects().openFile(to.checksum())) {
      List<String> details =
          new ArrayList<>(compare(Attributes.of(old.header()), Attributes.of(young.header())));
      boolean files = !old.header().isSymlink() && !young.header().isSymlink();
      if (files && contentDiffers(old, young, details.isEmpty())) {
        details.addFirst("content");
      }
      return details;
    }
  }

  /**
   * @param nothingElse whether all else is the same, so that it must be the content
   */
  private static boolean contentDiffers(FileObject old, FileObject young, boolean nothingElse)
      throws IOException {
    if (nothingElse || old.size() != young.size()) {
      return true;
    }
    if (old.size() > COMPARED) {
      // Not known without reading much: better to say nothing than something wrong.
      return false;
    }
    try (InputStream left = old.content();
        InputStream right = young.content()) {
      return !Arrays.equals(left.readNBytes(COMPARED), right.readNBytes(COMPARED));
    }
  }

  private Attributes attributes(Found found) throws IOException {
    return switch (found) {
      case Found.Directory directory -> Attributes.of(repo.loadMeta(directory.meta()));
      case Found.File(var checksum) -> {
        try (FileObject object = repo.objects().openFile(checksum)) {
          yield Attributes.of(object.header());
        }
      }
    };
  }

  private static List<String> compare(Attributes old, Attributes young) {
    List<String> details = new ArrayList<>();
    if (old.type() != young.type()) {
      details.add(type(old) + " became " + type(young));
    }
    if ((old.mode() & FileMode.PERMISSIONS) != (young.mode() & FileMode.PERMISSIONS)) {
      details.add("mode " + ModeText.octal(old.mode()) + " → " + ModeText.octal(young.mode()));
    }
    if (old.uid() != young.uid() || old.gid() != young.gid()) {
      details.add("owner " + owner(old) + " → " + owner(young));
    }
    if (!old.xattrs().equals(young.xattrs())) {
      details.add("attributes");
    }
    if (!old.target().equals(young.target()) && old.type() == young.type()) {
      details.add("target");
    }
    return details;
  }

  private static String owner(Attributes attributes) {
    return Integer.toUnsignedString(attributes.uid())
        + ":"
        + Integer.toUnsignedString(attributes.gid());
  }

  private static String type(Attributes attributes) {
    return switch (attributes.type()) {
      case FileMode.DIRECTORY -> "directory";
      case FileMode.SYMLINK -> "link";
      default -> "file";
    };
  }
}
