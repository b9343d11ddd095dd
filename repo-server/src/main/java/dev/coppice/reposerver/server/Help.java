package dev.coppice.reposerver.server;

/** What the program says about itself. */
final class Help {
  /** The text of {@code --help}. */
  static final String TEXT =
      """
      Usage: coppice-repo-server --repo=[NAME=]PATH [OPTION]...

      Serves archive repositories to ostree, flatpak, rpm-ostree and coppice.

        --repo=[NAME=]PATH         a repository; several need names and are at /NAME/
        --listen=ADDRESS           [http://|https://]HOST:PORT, 127.0.0.1:8080 by default; again for more
        --tls-cert=FILE            certificate chain in PEM; read again when it changes
        --tls-key=FILE             its private key in PEM
        --tokens=FILE              read only with a token: lines of SHA256 NAME
        --allow=CIDR[,CIDR]...     read only from these addresses
        --metrics-allow=CIDR[,...] who may read /-/metrics; this machine by default
        --trusted-proxy=CIDR[,...] take callers' addresses from what these say
        --access-log=FILE          log requests; - for standard output
        --access-log-format=NAME   common, combined (the default) or json
        --mirrors=FILE             mirror by the clock what this file describes
        --deltas=FILE              keep static deltas up to date as this file describes
        --cache-size=SIZE          memory for small files, 128MB by default; 0 for none
        --max-connections=NUMBER   at once, 10000 by default
        --stop-timeout=SECONDS     for requests under way at the end, 30 by default
        -h, --help                 print this
        --version                  print the version

      See coppice-repo-server(1).
      """;

  private Help() {}

  /** The version, of the build where it is known. */
  static String version() {
    String version = Help.class.getPackage().getImplementationVersion();
    return "coppice-repo-server " + (version == null ? "development" : version);
  }
}
