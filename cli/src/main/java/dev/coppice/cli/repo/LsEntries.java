package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import dev.coppice.core.tree.TreeEntry;
import java.util.HexFormat;

/** Entries of trees as lines and as JSON. */
final class LsEntries {
  private static final VariantType XATTRS = VariantType.of("a(ayay)");

  private LsEntries() {}

  /** What both kinds have. */
  private record Common(
      char type, int mode, int uid, int gid, long size, String checksums, Xattrs xattrs) {}

  private static Common common(TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.Directory(var path, Checksum tree, Checksum meta, var at) ->
          new Common('d', at.mode(), at.uid(), at.gid(), 0, tree + " " + meta + " ", at.xattrs());
      case TreeEntry.File(var path, Checksum checksum, FileHeader header, long size) ->
          new Common(
              header.isSymlink() ? 'l' : '-',
              header.mode(),
              header.uid(),
              header.gid(),
              size,
              checksum + " ",
              header.xattrs());
      case TreeEntry.Name name ->
          throw new IllegalArgumentException("listed without attributes: " + name.path());
    };
  }

  static String text(TreeEntry entry, boolean checksum, boolean xattrs) {
    Common common = common(entry);
    var line = new StringBuilder();
    line.append(common.type()).append('0');
    pad(line, Integer.toOctalString(common.mode() & FileMode.PERMISSIONS), 4, '0');
    line.append(' ').append(Integer.toUnsignedString(common.uid()));
    line.append(' ').append(Integer.toUnsignedString(common.gid())).append(' ');
    pad(line, Long.toString(common.size()), 6, ' ');
    line.append(' ');
    if (checksum) {
      line.append(common.checksums());
    }
    if (xattrs) {
      line.append("{ ");
      line.append(Variant.of(XATTRS, common.xattrs().encode()).print(true));
      line.append(" } ");
    }
    line.append(entry.path());
    if (entry instanceof TreeEntry.File file && file.header().isSymlink()) {
      line.append(" -> ").append(file.header().target());
    }
    return line.toString();
  }

  private static void pad(StringBuilder line, String text, int width, char fill) {
    line.repeat(fill, Math.max(0, width - text.length())).append(text);
  }

  static void json(TreeEntry entry, JsonWriter out) {
    Common common = common(entry);
    out.object().field("path", entry.path());
    switch (entry) {
      case TreeEntry.Directory directory ->
          out.field("type", "directory")
              .field("tree", directory.tree().hex())
              .field("meta", directory.meta().hex());
      case TreeEntry.File file -> {
        out.field("type", file.header().isSymlink() ? "symlink" : "file")
            .field("checksum", file.checksum().hex());
        if (file.header().isSymlink()) {
          out.field("target", file.header().target());
        } else {
          out.field("size", file.size());
        }
      }
      case TreeEntry.Name name -> throw new IllegalArgumentException(name.path());
    }
    out.field("mode", Integer.toOctalString(common.mode() & FileMode.PERMISSIONS))
        .field("uid", Integer.toUnsignedLong(common.uid()))
        .field("gid", Integer.toUnsignedLong(common.gid()))
        .object("xattrs");
    for (Xattr xattr : common.xattrs().entries()) {
      out.field(xattr.nameText(), HexFormat.of().formatHex(xattr.value()));
    }
    out.end().end();
  }
}
