package dev.coppice.reposerver.web;

import dev.coppice.core.object.Xattrs;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.tree.FileKind;
import dev.coppice.reposerver.web.tree.ModeText;
import java.util.Arrays;

/** Mode, owner and SELinux label of a file or directory. */
final class OwnerFacts {
  private static final String LABEL = "security.selinux";

  private OwnerFacts() {}

  static void write(Facts facts, int mode, int uid, int gid, Xattrs xattrs) {
    facts.code("Mode", ModeText.letters(mode) + "  " + ModeText.octal(mode));
    facts.code(
        "Owner and group", Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid));
    byte[] label = xattrs.get(LABEL);
    if (label != null) {
      facts.code("SELinux label", label(label));
    }
  }

  private static String label(byte[] value) {
    // It is stored with the NUL at its end.
    int end = value.length > 0 && value[value.length - 1] == 0 ? value.length - 1 : value.length;
    return FileKind.text(Arrays.copyOf(value, end)).orElse("not text");
  }
}
