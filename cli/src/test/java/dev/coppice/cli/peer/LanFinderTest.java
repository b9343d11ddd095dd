package dev.coppice.cli.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.Main;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real Avahi daemon announces a repository, and both tools look for it, in a network of their own
 * that has a loopback interface only.
 */
class LanFinderTest {
  private static final String ID = SignedCollection.ID;

  /** A filter of the refs main and other of the collection. */
  private static final String BLOOM = "010128000400";

  private static final String BUS =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>system</type>
        <listen>unix:path=%s/bus</listen>
        <policy context="default">
          <allow user="*"/>
          <allow own="*"/>
          <allow send_type="method_call"/>
          <allow send_type="signal"/>
          <allow send_requested_reply="true" send_type="method_return"/>
          <allow send_requested_reply="true" send_type="error"/>
          <allow receive_type="method_call"/>
          <allow receive_type="method_return"/>
          <allow receive_type="error"/>
          <allow receive_type="signal"/>
        </policy>
      </busconfig>
      """;

  /** With one family of addresses only, for which of two the real tool takes is chance. */
  private static final String AVAHI =
      """
      [server]
      host-name=peer
      use-ipv4=yes
      use-ipv6=no
      allow-interfaces=lo
      [publish]
      publish-workstation=no
      publish-aaaa-on-ipv4=no
      """;

  private static final String SERVICE =
      """
      <?xml version="1.0" standalone='no'?>
      <!DOCTYPE service-group SYSTEM "avahi-service.dtd">
      <service-group>
        <name replace-wildcards="yes">Updates of %s</name>
        <service>
          <type>_ostree_repo._tcp</type>
          <port>8000</port>
          <txt-record value-format="binary-hex">%s</txt-record>
          <txt-record value-format="binary-hex">rb=%s</txt-record>
          <txt-record value-format="binary-hex">st=0000000069000000</txt-record>
          <txt-record value-format="binary-hex">ri=%04x</txt-record>
        </service>
      </service-group>
      """;

  /** Runs the lines of a file when all daemons are up; they end with the name space. */
  private static final String SCRIPT =
      """
      set -eu
      ip link set lo up
      mkdir -p /run/avahi-daemon
      mount -t tmpfs tmpfs /run/avahi-daemon
      mount --bind services /etc/avahi/services
      dbus-daemon --config-file=bus.conf --fork
      export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$PWD/bus
      python3 -m http.server --bind 127.0.0.1 --directory served 8000 > http.log 2>&1 &
      avahi-daemon -f avahi.conf --no-drop-root --no-chroot --no-rlimits > avahi.log 2>&1 &
      for i in $(seq 300); do
        [ "$(grep -c 'successfully established' avahi.log)" = "$SERVICES" ] && break
        sleep 0.1
      done
      set +e
      # Without its daemon the real tool waits for ever.
      grep -q 'Server startup complete' avahi.log || exit 1
      . ./lines
      """;

  private RealOstree real;
  private Gpg gpg;
  private SignedCollection collection;
  private TempTree temp;
  private final List<String> services = new ArrayList<>();

  @BeforeEach
  void setUp() throws IOException {
    Root.require();
    Requirement.program("avahi-daemon", "avahi-daemon");
    Requirement.program("dbus-daemon", "dbus-daemon");
    Requirement.program("ip", "iproute2");
    Requirement.program("python3", "python3");
    assumeTrue(
        Programs.run("unshare", "-n", "-m", "-p", "-f", "true").exit() == 0,
        "needs to make a network of its own");
    real = RealOstree.require();
    gpg = Gpg.require();
    temp = TempTree.create();
    Files.createDirectories(temp.path("services"));
    Path origin = temp.path("served/0");
    collection = SignedCollection.make(real, gpg, temp, origin);
    real.on(origin, "summary", "-u");
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      gpg.close();
      temp.close();
    }
  }

  private void client(String name) {
    collection.client(name, "archive", "http://localhost:1/");
  }

  /** The file that the manual page shows, with another port. */
  private static String ofManual() throws IOException {
    String page = Files.readString(Path.of("../man/coppice-find-remotes.1"));
    String file = page.substring(page.indexOf("<?xml"));
    return file.substring(0, file.indexOf(".fi")).replace("\\-", "-").replace("8080", "8000");
  }

  private void announce(String name, String version, String bloom, int index) {
    services.add(SERVICE.formatted(name, version, bloom, index));
  }

  /** What these lines of shell leave when the services are announced. */
  private void inNetwork(String... lines) throws IOException {
    for (int i = 0; i < services.size(); i++) {
      Files.writeString(temp.path("services/" + i + ".service"), services.get(i));
    }
    Files.writeString(temp.path("bus.conf"), BUS.formatted(temp.root()));
    Files.writeString(temp.path("avahi.conf"), AVAHI);
    Files.writeString(temp.path("script"), SCRIPT);
    Files.writeString(temp.path("lines"), String.join("\n", lines) + "\n");
    Programs.Result result =
        Programs.run(
            List.of("unshare", "-n", "-m", "-p", "-f", "--kill-child", "bash", "script"),
            temp.root(),
            Map.of("SERVICES", String.valueOf(services.size())));
    assertThat(result.exit()).as(result.err() + log()).isZero();
  }

  private String log() throws IOException {
    Path log = temp.path("avahi.log");
    return Files.exists(log) ? Files.readString(log) : "no daemon was started";
  }

  private static String ours(String arguments) {
    return String.join(
        " ",
        Jvm.command(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dcoppice.name=ostree"),
            Main.class,
            arguments));
  }

  private String output(String file) throws IOException {
    return Files.readString(temp.path(file), StandardCharsets.UTF_8);
  }

  @Test
  void bothToolsFindTheSame() throws IOException {
    services.add(ofManual());
    announce("nobody", "v=01", BLOOM, 9);
    announce("the future", "v=02", BLOOM, 0);
    List<String> arguments =
        List.of(
            "--finders=lan " + ID + " main",
            "--finders=lan " + ID + " nothing",
            "--finders=lan --pull " + ID + " main",
            "--finders=lan --pull --mirror " + ID + " other");
    List<RealOstree> tools = RealOstree.requireAll();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      for (int j = 0; j <= tools.size(); j++) {
        String command = "find-remotes --repo=client" + j + " " + arguments.get(i);
        lines.add(
            (j == 0 ? ours(command) : tools.get(j - 1).program() + " " + command)
                + " > %d.%d 2> err.%d.%d; echo code $? >> %d.%d".formatted(i, j, i, j, i, j));
      }
    }
    for (int j = 0; j <= tools.size(); j++) {
      client("client" + j);
    }
    inNetwork(lines.toArray(String[]::new));
    assertThat(output("0.0")).startsWith("Result 0: http://127.0.0.1:8000/0\n");
    assertThat(output("2.0")).contains("Pulled 1/1 refs successfully.");
    for (int i = 0; i < arguments.size(); i++) {
      for (int j = 1; j <= tools.size(); j++) {
        assertThat(output(i + ".0"))
            .as(arguments.get(i) + "\n" + output("err." + i + ".0") + log())
            .isEqualTo(output(i + "." + j));
      }
    }
    for (int j = 0; j <= tools.size(); j++) {
      Path client = temp.path("client" + j);
      assertThat(real.on(client, "refs", "--collections").lines())
          .containsExactlyInAnyOrder("(" + ID + ", main)", "(" + ID + ", other)");
      assertThat(real.on(client, "refs")).isEqualTo("os:main");
      real.on(client, "fsck");
    }
    assertThat(output("err.0.0"))
        .contains("warning: Updates of the future._ostree_repo._tcp.local is left out: ")
        .contains("version 2")
        .contains("warning: http://127.0.0.1:8000/9 is left out: ")
        .hasLineCount(2);
  }
}
