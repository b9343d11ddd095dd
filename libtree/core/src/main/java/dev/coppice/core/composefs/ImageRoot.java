package dev.coppice.core.composefs;

import dev.coppice.core.erofs.Node;
import dev.coppice.core.erofs.Status;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs.Xattr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes the root of an image from that of a tree. */
final class ImageRoot {
  /** What a system mounts something on: made where the tree lacks it. */
  private static final List<String> MOUNT_POINTS = List.of("usr", "etc", "boot", "var", "sysroot");

  private static final Status MOUNT_POINT = new Status(FileMode.DIRECTORY | 0755, 0, 0, List.of());

  private static final String LABEL = "security.selinux";

  private ImageRoot() {}

  /**
   * The root with mount points, and with names that hide the directories of objects: an image is
   * mounted over {@code objects/00} to {@code objects/ff}, which must not show.
   */
  static Node.Directory of(Node.Directory root) {
    Map<String, Node> names = new HashMap<>();
    for (Node.Entry entry : root.entries()) {
      names.put(text(entry.name()), entry.node());
    }
    for (String name : MOUNT_POINTS) {
      names.putIfAbsent(name, new Node.Directory(MOUNT_POINT, List.of()));
    }
    Status status = root.status();
    var whiteout = new Node.Whiteout(ofWhiteouts(status));
    for (int i = 0; i < 256; i++) {
      names.putIfAbsent(HexFormat.of().toHexDigits((byte) i), whiteout);
    }
    var entries = new ArrayList<Node.Entry>(names.size());
    names.forEach(
        (name, node) ->
            entries.add(new Node.Entry(name.getBytes(StandardCharsets.ISO_8859_1), node)));
    var opaque =
        new Status(
            status.mode(),
            status.uid(),
            status.gid(),
            OverlayXattrs.with(status.xattrs(), OverlayXattrs.OPAQUE));
    return Node.Directory.of(opaque, entries);
  }

  /** One character for each byte, whatever the name is. */
  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  /** Owner and label are the root's. */
  private static Status ofWhiteouts(Status root) {
    List<Xattr> label = root.xattrs().stream().filter(x -> x.nameText().equals(LABEL)).toList();
    return new Status(Node.Whiteout.CHARACTER_DEVICE | 0644, root.uid(), root.gid(), label);
  }
}
