package dev.coppice.core.commit;

import dev.coppice.core.commit.TreeSource.MissingParents;
import dev.coppice.core.commit.TreeSource.TarRules;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.ContentSource;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a tar archive into the tree. Source: {@code ostree_repo_import_archive_to_mtree}. */
final class TarSource {
  private static final int DIRECTORY_MODE = FileMode.DIRECTORY | 0755;

  /** Longer content is hashed while it is read, not handed to another thread. */
  private static final int MAX_HANDED_OVER = 1 << 20;

  private final Build build;
  private final EntryRules rules;
  private final TarRules tarRules;
  private final TarPaths paths;
  private final TreeNode root;
  private final DeferredLinks links;

  TarSource(Build build, TarRules tarRules, TreeNode root) {
    this.build = build;
    this.rules = build.rules();
    this.tarRules = tarRules;
    this.paths = new TarPaths(tarRules.filter());
    this.root = root;
    this.links = new DeferredLinks(root);
  }

  /** Overlays an archive in a file. */
  void overlay(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      overlay(in, file.toString());
    }
  }

  /** Overlays an archive that comes as a stream. */
  void overlay(InputStream stream, String name) throws IOException {
    var recorded = new RecordedInput(TarInput.open(stream, name));
    // ISO 8859-1 keeps the bytes of names, which are checked here.
    var archive = new TarArchiveInputStream(recorded, StandardCharsets.ISO_8859_1.name());
    for (Entry entry = next(archive, recorded, name);
        entry != null;
        entry = next(archive, recorded, name)) {
      add(entry, archive);
    }
    links.resolve();
    if (tarRules.missingParents() == MissingParents.CREATE && root.meta() == null) {
      Attributes attributes = rules.apply("/", new Attributes(0, 0, DIRECTORY_MODE));
      if (attributes != null) {
        setParentMeta(root, "/", attributes);
      }
    }
  }

  /** An entry of the archive with what stands in its extended header. */
  private record Entry(TarArchiveEntry tar, PaxRecords pax, String name, String link) {
    int type() {
      if (tar.isDirectory()) {
        return FileMode.DIRECTORY;
      }
      if (tar.isSymbolicLink()) {
        return FileMode.SYMLINK;
      }
      boolean special = tar.isFIFO() || tar.isCharacterDevice() || tar.isBlockDevice();
      return special ? 0 : FileMode.REGULAR;
    }

    Attributes attributes() {
      return new Attributes(
          (int) tar.getLongUserId(),
          (int) tar.getLongGroupId(),
          type() | (tar.getMode() & FileMode.PERMISSIONS));
    }
  }

  private static @Nullable Entry next(
      TarArchiveInputStream archive, RecordedInput recorded, String name) {
    try {
      // What is left of the previous content must not get into the record.
      if (archive.getCurrentEntry() != null) {
        archive.transferTo(OutputStream.nullOutputStream());
      }
      recorded.start();
      TarArchiveEntry tar = archive.getNextEntry();
      byte[] blocks = recorded.stop();
      if (tar == null) {
        return null;
      }
      PaxRecords pax = PaxRecords.read(blocks, recorded.recordStart());
      String entryName = text(pax, tar.getName(), "GNU.sparse.name", "path");
      return new Entry(tar, pax, entryName, text(pax, tar.getLinkName(), "linkpath"));
    } catch (IOException | IllegalArgumentException e) {
      throw TarInput.failure(e, name);
    }
  }

  private static String text(PaxRecords pax, String plain, String... keys) {
    byte[] bytes = plain.getBytes(StandardCharsets.ISO_8859_1);
    for (String key : List.of(keys).reversed()) {
      byte[] value = pax.get(key);
      bytes = value == null ? bytes : value;
    }
    String text = PosixNames.decode(bytes);
    if (!PosixNames.isValidUtf8(text)) {
      throw new Failure(
          ErrorCode.NAME_INVALID,
          "Archive entry pathname is not valid UTF-8: " + text,
          "Trees can hold names in UTF-8 only: make the archive from renamed files.");
    }
    return text;
  }

  private void add(Entry entry, TarArchiveInputStream archive) throws IOException {
    String path = paths.entry(entry.name());
    Attributes attributes = rules.apply(TarPaths.absolute(path), entry.attributes());
    if (attributes == null) {
      return;
    }
    TreeNode parent = parent(entry, path);
    if (entry.type() == 0) {
      throw new Failure(
          ErrorCode.FILE_UNSUPPORTED,
          "Unsupported file type for path \"" + path + "\"",
          "Trees cannot hold devices and fifos: leave it out, for example with --skip-list.");
    }
    Xattrs xattrs = rules.readsTarXattrs() ? entry.pax().xattrs() : Xattrs.NONE;
    Xattrs changed = rules.finish(TarPaths.absolute(path), attributes.mode(), xattrs);
    if (entry.type() == FileMode.DIRECTORY) {
      String name = TarPaths.name(path);
      TreeNode directory = name.isEmpty() ? root : parent.ensureDir(name);
      directory.setMeta(
          build.writeMeta(
              new DirMeta(attributes.uid(), attributes.gid(), attributes.mode(), changed)));
      return;
    }
    boolean isLink = entry.tar().isLink();
    if (!isLink || entry.tar().getSize() > 0) {
      parent.putFile(TarPaths.name(path), file(entry, attributes, changed, archive));
    }
    if (isLink) {
      links.add(
          paths.relative(entry.link()), parent, TarPaths.name(path), entry.tar().getSize() > 0);
    }
  }

  private FileSlot file(
      Entry entry, Attributes attributes, Xattrs xattrs, TarArchiveInputStream archive)
      throws IOException {
    String target = entry.type() == FileMode.SYMLINK ? entry.link() : "";
    var header =
        new FileHeader(attributes.uid(), attributes.gid(), attributes.mode(), target, xattrs);
    var slot = new FileSlot();
    long size = entry.type() == FileMode.SYMLINK ? 0 : entry.tar().getRealSize();
    build.progress().found(1);
    if (size > MAX_HANDED_OVER) {
      slot.set(
          build
              .transaction()
              .writeFile(header, new ContentSource.OfStream(archive, size))
              .checksum());
      build.progress().done(1, size);
      return slot;
    }
    byte[] content = size == 0 ? new byte[0] : archive.readNBytes((int) size);
    if (content.length != size) {
      throw new IOException("Truncated tar archive: content of " + entry.name() + " ends early");
    }
    build
        .pool()
        .submit(
            () -> {
              ContentSource source = new ContentSource.OfBytes(content);
              slot.set(build.transaction().writeFile(header, source).checksum());
              build.progress().done(1, content.length);
            },
            size,
            // The queue is bounded in entries; here they are units of memory.
            1 + content.length / 1024);
    return slot;
  }

  /** The directory that an entry is in. */
  private TreeNode parent(Entry entry, String path) throws IOException {
    List<String> names = TarPaths.components(path);
    if (names.isEmpty()) {
      return root;
    }
    TreeNode found = root;
    String missing = "";
    for (String name : names.subList(0, names.size() - 1)) {
      TreeNode next = found.dir(name);
      if (next == null) {
        missing = name;
        break;
      }
      found = next;
    }
    if (missing.isEmpty()) {
      return found;
    }
    if (tarRules.missingParents() == MissingParents.REFUSE) {
      throw new Failure(
          ErrorCode.PATH_NOT_FOUND,
          "No such file or directory: " + missing,
          "The archive has no entry for the directory of '"
              + path
              + "': use --tar-autocreate-parents.");
    }
    return createParents(entry, names);
  }

  /** As the real tool does, gives all directories of the path new metadata, old ones as well. */
  private TreeNode createParents(Entry entry, List<String> names) throws IOException {
    Attributes owner = entry.attributes().withMode(DIRECTORY_MODE);
    setParentMeta(root, "/", owner);
    TreeNode directory = root;
    var path = new StringBuilder();
    for (String name : names.subList(0, names.size() - 1)) {
      path.append('/').append(name);
      directory = directory.ensureDir(name);
      setParentMeta(directory, path.toString(), owner);
    }
    return directory;
  }

  private void setParentMeta(TreeNode directory, String path, Attributes attributes)
      throws IOException {
    Xattrs xattrs = rules.finish(path, DIRECTORY_MODE, Xattrs.NONE);
    directory.setMeta(
        build.writeMeta(
            new DirMeta(attributes.uid(), attributes.gid(), attributes.mode(), xattrs)));
  }
}
