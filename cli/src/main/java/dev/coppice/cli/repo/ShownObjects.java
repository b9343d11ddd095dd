package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.sign.ShownSignatures;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import java.io.IOException;
import java.util.List;

/**
 * Objects as {@code show} prints them.
 *
 * @param signatures what is said of those of commits
 */
record ShownObjects(Repo repo, Form form, ShownSignatures signatures) {
  /** How metadata objects are shown. */
  enum Form {
    /** In words. */
    READABLE,
    /** As a GVariant with its numbers byte-swapped, which makes ostree's own right. */
    RAW,
    /** As a GVariant just as it is stored, and in words. */
    UNSWAPPED
  }

  private static final List<ObjectType> METADATA =
      List.of(ObjectType.COMMIT, ObjectType.DIRMETA, ObjectType.DIRTREE);
  private static final VariantType XATTRS = VariantType.of("a(ayay)");

  /** Prints the commit of a revision, or the object of a whole checksum. */
  void print(String object, ShowOutput out) throws IOException {
    if (!Checksum.isHex(object)) {
      Checksum commit = repo.resolve(object);
      metadata(ObjectName.commit(commit), repo.objects().load(ObjectName.commit(commit)), out);
      return;
    }
    Checksum checksum = Checksum.ofHex(object);
    for (ObjectType type : METADATA) {
      var name = new ObjectName(type, checksum);
      byte[] bytes = repo.objects().loadIfExists(name);
      if (bytes != null) {
        metadata(name, bytes, out);
        return;
      }
    }
    try (FileObject file = repo.objects().openFileIfExists(checksum)) {
      if (file == null) {
        throw new Failure(
            ErrorCode.OBJECT_MISSING,
            "Couldn't find file object '" + checksum + "'",
            "No object of any kind has this checksum");
      }
      file(checksum, file, out);
    }
  }

  private void metadata(ObjectName name, byte[] bytes, ShowOutput out) throws IOException {
    if (!out.json()) {
      out.println(name.type().extension() + " " + name.checksum());
      if (form != Form.READABLE) {
        out.println(raw(name.type(), bytes));
      }
      if (form != Form.RAW && name.type() == ObjectType.COMMIT) {
        new CommitReport(name.checksum(), repo.loadCommit(name.checksum())).text(out.console());
      }
      if (name.type() == ObjectType.COMMIT) {
        signatures.text(out.console(), name.checksum());
      }
    } else {
      JsonWriter json = out.writer().object().field("type", name.type().extension());
      if (form != Form.READABLE) {
        json.field("checksum", name.checksum().hex()).field("variant", raw(name.type(), bytes));
      } else {
        new ObjectJson(repo, json).metadata(name);
      }
      if (name.type() == ObjectType.COMMIT) {
        signatures.json(json, name.checksum());
      }
      json.end();
    }
  }

  private String raw(ObjectType type, byte[] bytes) {
    VariantType of =
        switch (type) {
          case COMMIT -> Commit.TYPE;
          case DIRTREE -> VariantType.of("(a(say)a(sayay))");
          case DIRMETA -> VariantType.of("(uuua(ayay))");
          case FILE, TOMBSTONE, COMMITMETA, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK ->
              throw new IllegalArgumentException("not shown as a variant: " + type);
        };
    Variant value = Variant.of(of, bytes);
    return (form == Form.RAW ? value.byteswapped() : value).print(true);
  }

  private static void file(Checksum checksum, FileObject file, ShowOutput out) {
    FileHeader header = file.header();
    if (out.json()) {
      JsonWriter json = out.writer().object();
      ObjectJson.file(json, checksum, header, file.size());
      json.end();
      return;
    }
    out.println("Object: " + checksum);
    out.println("Type: file");
    if (header.isSymlink()) {
      out.println("File Type: symlink");
      out.println("Target: " + header.target());
    } else {
      out.println("File Type: regular");
      out.println("Size: " + file.size());
    }
    String mode = Integer.toOctalString(header.mode());
    out.println("Mode: 0" + "0".repeat(Math.max(0, 4 - mode.length())) + mode);
    out.println("Uid: " + Integer.toUnsignedString(header.uid()));
    out.println("Gid: " + Integer.toUnsignedString(header.gid()));
    String xattrs = Variant.of(XATTRS, header.xattrs().encode()).print(true);
    out.println("Extended Attributes: { " + xattrs + " }");
  }
}
