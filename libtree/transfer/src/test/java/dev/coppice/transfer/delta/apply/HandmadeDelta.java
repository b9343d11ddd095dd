package dev.coppice.transfer.delta.apply;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.FileMetadata;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationWriter;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.PartPayload;
import dev.coppice.transfer.delta.Superblock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * A delta from scratch to a commit of one directory with one file, in one part, all of which can be
 * changed before it is written. Unchanged, it is a good one.
 */
final class HandmadeDelta {
  static final byte[] CONTENT = "content of the file\n".repeat(20).getBytes(StandardCharsets.UTF_8);

  final byte[] meta = new DirMeta(0, 0, 040755, Xattrs.NONE).encode();
  final ObjectName file = file(CONTENT);
  final byte[] tree =
      DirTree.of(List.of(new DirTree.File("file", file.checksum())), List.of()).encode();
  byte[] commit =
      new Commit(
              VariantDict.builder().build(),
              Optional.empty(),
              List.of(),
              "subject",
              "",
              1,
              Checksum.sha256(tree),
              Checksum.sha256(meta))
          .encode();
  DeltaName name = DeltaName.fromScratch(Checksum.sha256(commit));
  final List<ObjectName> objects =
      new ArrayList<>(
          List.of(
              ObjectName.dirmeta(Checksum.sha256(meta)),
              ObjectName.dirtree(Checksum.sha256(tree)),
              file));
  final List<FileMetadata> modes = new ArrayList<>(List.of(new FileMetadata(0, 0, 0100644)));
  final ByteArrayOutputStream data = new ByteArrayOutputStream();
  final List<Operation> operations = new ArrayList<>();
  final List<Fallback> fallbacks = new ArrayList<>();

  /** Bytes behind those of the operations. */
  byte[] moreOperations = {};

  /** The file of the part, where it is not to be made of the rest. */
  Optional<byte[]> part = Optional.empty();

  /** What is announced of the part, where it is not the truth. */
  Optional<Checksum> checksum = Optional.empty();

  Optional<Long> size = Optional.empty();
  long usize = CONTENT.length + 200;

  HandmadeDelta() {
    data.writeBytes(meta);
    data.writeBytes(tree);
    data.writeBytes(CONTENT);
    operations.add(new Operation.SpliceMetadata(meta.length, 0));
    operations.add(new Operation.SpliceMetadata(tree.length, meta.length));
    operations.add(new Operation.SpliceFile(0, 0, CONTENT.length, contentOffset()));
  }

  int contentOffset() {
    return meta.length + tree.length;
  }

  static ObjectName file(byte[] content) {
    MessageDigest digest = Checksum.newDigest();
    digest.update(FileHeader.regular(0, 0, 0644, Xattrs.NONE).checksumPrefix());
    return ObjectName.file(Checksum.of(digest.digest(content)));
  }

  /** Puts other operations in the place of the one that makes the file. */
  HandmadeDelta file(Operation... instead) {
    operations.removeLast();
    operations.addAll(List.of(instead));
    return this;
  }

  byte[] payload() {
    var writer = new OperationWriter();
    operations.forEach(writer::add);
    var all = new ByteArrayOutputStream();
    all.writeBytes(writer.toByteArray());
    all.writeBytes(moreOperations);
    return PartPayload.encode(modes, List.of(Xattrs.NONE), data.toByteArray(), all.toByteArray());
  }

  static byte[] packed(byte[] payload, int dictionary) {
    try {
      var out = new ByteArrayOutputStream();
      out.write('x');
      var options = new LZMA2Options(0);
      options.setDictSize(dictionary);
      try (var xz = new XZOutputStream(out, options)) {
        xz.write(payload);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Superblock superblock(byte[] file) {
    var header =
        new PartHeader(
            checksum.orElseGet(() -> Checksum.sha256(file)),
            size.orElse((long) file.length),
            usize,
            ObjectList.of(objects));
    return new Superblock(
        VariantDict.builder().build(),
        1,
        name,
        Variant.of(Commit.TYPE, commit),
        List.of(),
        List.of(header),
        fallbacks,
        ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes it into a directory. */
  Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    byte[] file = part.orElseGet(() -> packed(payload(), 1 << 16));
    Files.write(directory.resolve("0"), file);
    Files.write(directory.resolve("superblock"), superblock(file).encode());
    return directory;
  }
}
