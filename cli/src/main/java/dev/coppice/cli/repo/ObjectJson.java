package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.CommitHistory;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.HexFormat;

/**
 * Objects as fields of a JSON object that is open already.
 *
 * <p>Metadata values that are strings appear as such, all others in GVariant text form with types,
 * numbers as stored.
 */
record ObjectJson(Repo repo, JsonWriter json) {
  /** A commit, dirtree or dirmeta. */
  void metadata(ObjectName name) throws IOException {
    switch (name.type()) {
      case COMMIT ->
          commit(new CommitHistory.Entry(name.checksum(), repo.loadCommit(name.checksum())));
      case DIRTREE -> tree(name.checksum());
      case DIRMETA -> meta(name.checksum());
      case FILE, TOMBSTONE, COMMITMETA, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK ->
          throw new IllegalArgumentException("not a metadata object: " + name);
    }
  }

  private void commit(CommitHistory.Entry entry) {
    new CommitReport(entry.checksum(), entry.commit()).json(json);
    json.object("metadata");
    VariantDict.forEach(
        entry.commit().metadata(),
        (key, value) ->
            json.field(
                key,
                value.type().equals(VariantType.STRING) ? value.asString() : value.print(true)));
    json.end();
  }

  private void tree(Checksum checksum) throws IOException {
    DirTree tree = repo.loadTree(checksum);
    json.field("checksum", checksum.hex()).array("files");
    for (DirTree.File file : tree.files()) {
      json.object().field("name", file.name()).field("checksum", file.checksum().hex()).end();
    }
    json.end().array("dirs");
    for (DirTree.Dir dir : tree.dirs()) {
      json.object().field("name", dir.name()).field("tree", dir.tree().hex());
      json.field("meta", dir.meta().hex()).end();
    }
    json.end();
  }

  private void meta(Checksum checksum) throws IOException {
    DirMeta meta = repo.loadMeta(checksum);
    json.field("checksum", checksum.hex());
    owner(json, meta.uid(), meta.gid(), meta.mode());
    xattrs(json, meta.xattrs());
  }

  /** A file object. */
  static void file(JsonWriter json, Checksum checksum, FileHeader header, long size) {
    json.field("type", "file").field("checksum", checksum.hex());
    json.field("file-type", header.isSymlink() ? "symlink" : "regular");
    if (header.isSymlink()) {
      json.field("target", header.target());
    } else {
      json.field("size", size);
    }
    owner(json, header.uid(), header.gid(), header.mode());
    xattrs(json, header.xattrs());
  }

  private static void owner(JsonWriter json, int uid, int gid, int mode) {
    json.field("uid", Integer.toUnsignedLong(uid)).field("gid", Integer.toUnsignedLong(gid));
    json.field("mode", "0" + Integer.toOctalString(mode));
  }

  private static void xattrs(JsonWriter json, Xattrs xattrs) {
    json.array("xattrs");
    for (Xattrs.Xattr xattr : xattrs.entries()) {
      json.object().field("name", xattr.nameText());
      json.field("value-hex", HexFormat.of().formatHex(xattr.value())).end();
    }
    json.end();
  }
}
