package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.WebPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The style and the icon. Their names have a part of their checksum, so they are kept for good. */
final class Assets {
  private static final int NAME_DIGITS = 12;

  private final byte[] style = read("style.css");
  private final byte[] icon = read("icon.svg");
  private final String stylePath = path("style-", style, ".css");
  private final String iconPath = path("icon-", icon, ".svg");

  String stylePath() {
    return stylePath;
  }

  String iconPath() {
    return iconPath;
  }

  /** The file at a path, if one of them is there. */
  Optional<WebPage> find(String path) {
    if (path.equals(stylePath)) {
      return Optional.of(Answers.asset("text/css; charset=utf-8", style));
    }
    return path.equals(iconPath)
        ? Optional.of(Answers.asset("image/svg+xml", icon))
        : Optional.empty();
  }

  private static String path(String prefix, byte[] bytes, String suffix) {
    return "/-/" + prefix + Checksum.sha256(bytes).hex().substring(0, NAME_DIGITS) + suffix;
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this program lacks its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
