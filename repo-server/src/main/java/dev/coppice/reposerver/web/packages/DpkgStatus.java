package dev.coppice.reposerver.web.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the status file of dpkg: paragraphs of {@code Field: value}, an empty line between them. Of
 * lines only the start is kept, of the file only so much is read: it is whatever a tree holds.
 */
final class DpkgStatus {
  /** The largest real ones have some 10 MB. */
  private static final int MOST_BYTES = 32 << 20;

  private static final int MOST_LINE = 1000;
  private static final int CHUNK = 64 << 10;

  private final List<InstalledPackage> packages = new ArrayList<>();
  private boolean complete = true;
  private String name = "";
  private String version = "";
  private String arch = "";
  private boolean installed = true;

  private DpkgStatus() {}

  /** Reads a file to its end or the bound. */
  static PackageList read(InputStream in, String source) throws IOException {
    var status = new DpkgStatus();
    status.lines(in);
    status.endParagraph();
    return new PackageList(PackageFormat.DEBIAN, source, status.packages, status.complete);
  }

  private void lines(InputStream in) throws IOException {
    byte[] line = new byte[MOST_LINE];
    int length = 0;
    byte[] chunk = new byte[CHUNK];
    int total = 0;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      total += count;
      if (total > MOST_BYTES) {
        complete = false;
        return;
      }
      for (int i = 0; i < count; i++) {
        if (chunk[i] == '\n') {
          line(new String(line, 0, length, StandardCharsets.UTF_8));
          length = 0;
        } else if (length < MOST_LINE) {
          line[length++] = chunk[i];
        }
      }
    }
    line(new String(line, 0, length, StandardCharsets.UTF_8));
  }

  private void line(String line) {
    if (line.isBlank()) {
      endParagraph();
      return;
    }
    int colon = line.indexOf(':');
    if (colon <= 0 || line.startsWith(" ")) {
      return;
    }
    String value = line.substring(colon + 1).strip();
    switch (line.substring(0, colon)) {
      case "Package" -> name = value;
      case "Version" -> version = value;
      case "Architecture" -> arch = value;
      case "Status" -> installed = value.endsWith(" installed");
      default -> {}
    }
  }

  private void endParagraph() {
    if (!name.isEmpty() && installed) {
      if (packages.size() < PackageList.MOST) {
        packages.add(new InstalledPackage(name, version, arch));
      } else {
        complete = false;
      }
    }
    name = "";
    version = "";
    arch = "";
    installed = true;
  }
}
