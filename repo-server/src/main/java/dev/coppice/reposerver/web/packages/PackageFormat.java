package dev.coppice.reposerver.web.packages;

import java.util.Comparator;

/** The formats of packages that are known, and the order of their versions. */
public enum PackageFormat {
  /** Of RPM. */
  RPM("RPM"),
  /** Of Debian and what comes from it. */
  DEBIAN("Debian");

  private final String title;

  PackageFormat(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** Orders whole versions, older first. */
  public Comparator<String> versions() {
    return switch (this) {
      case RPM -> new RpmOrder();
      case DEBIAN -> new DebianOrder();
    };
  }
}
