package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.reposerver.observe.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options and what becomes of them. */
class SettingsTest {
  private static ServerSettings settings(String... arguments) {
    return Settings.of(Options.parse(List.of(arguments)));
  }

  @Test
  void oneRepositoryIsEnough() {
    assertThat(settings("--repo=/srv/repo"))
        .isEqualTo(
            ServerSettings.simple(Path.of("/srv/repo"), new Listen(false, "127.0.0.1", 8080)));
  }

  @Test
  void everythingCanBeSaid() {
    ServerSettings all =
        settings(
            "--repo=stable=/srv/stable",
            "--repo",
            "next=/srv/next=1",
            "--listen=:443",
            "--listen=http://[::1]:8080",
            "--tls-cert=c.pem",
            "--tls-key=k.pem",
            "--tokens=t",
            "--allow=192.0.2.0/24, 2001:db8::/32",
            "--allow=127.0.0.1",
            "--metrics-allow=192.0.2.9",
            "--access-log=-",
            "--access-log-format=json",
            "--cache-size=16MB",
            "--max-connections=5",
            "--stop-timeout=0");
    assertThat(all.repos())
        .containsExactly(
            new ServedRepo("stable", Path.of("/srv/stable")),
            new ServedRepo("next", Path.of("/srv/next=1")));
    assertThat(all.listen())
        .containsExactly(new Listen(true, "", 443), new Listen(false, "::1", 8080));
    assertThat(all.tls()).contains(new TlsFiles(Path.of("c.pem"), Path.of("k.pem")));
    assertThat(all.access().tokens()).contains(Path.of("t"));
    assertThat(all.access().addresses().ranges()).hasSize(3);
    assertThat(all.access().metrics().ranges()).hasSize(1);
    assertThat(all.log()).contains(new LogSettings(Optional.empty(), LogFormat.JSON));
    assertThat(all.limits().cacheBytes()).isEqualTo(16 << 20);
    assertThat(all.limits().connections()).isEqualTo(5);
    assertThat(all.limits().stop()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aPathWithAnEqualsSignIsNoName() {
    assertThat(ServedRepo.parse("/srv/a=b")).isEqualTo(new ServedRepo("", Path.of("/srv/a=b")));
    assertThat(ServedRepo.parse("./a=b")).isEqualTo(new ServedRepo("", Path.of("./a=b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--listen=:1 | No repository to serve: --repo is missing",
        "--repo=r x | Unexpected argument 'x'",
        "--repo=r --port=1 | Unknown option --port",
        "--repo=r --help=1 | Unknown option --help",
        "--repo | Option --repo needs a value",
        "--repo= | The path of a repository is empty",
        "--repo=a=/a --repo=/b | Several repositories need names: write --repo=NAME=/b",
        "--repo=a=/a --repo=a=/b | Two repositories have the name a",
        "--repo=r --listen=8080 | '8080' is not an address to listen on",
        "--repo=r --listen=h:70000 | 'h:70000' is not an address to listen on",
        "--repo=r --listen=::1:80 | '::1:80' is not an address to listen on",
        "--repo=r --listen=ftp://h:1 | 'ftp://h:1' is not an address to listen on",
        "--repo=r --tls-cert=c | --tls-cert and --tls-key are needed together",
        "--repo=r --tls-key=k | --tls-cert and --tls-key are needed together",
        "--repo=r --listen=https://h:1 | An address with https:// needs --tls-cert and --tls-key",
        "--repo=r --tls-cert=c --tls-key=k --listen=http://h:1 | --tls-cert is of no use: every"
            + " address is plain http://",
        "--repo=r --tokens=a --tokens=b | Option --tokens was given twice",
        "--repo=r --allow=10.0.0.0/33 | '10.0.0.0/33' is not a range of addresses: the prefix must"
            + " be a number from 0 to 32",
        "--repo=r --access-log-format=json | --access-log-format is of no use without --access-log",
        "--repo=r --access-log=- --access-log-format=xml | 'xml' is not a format: common, combined"
            + " or json",
        "--repo=r --cache-size=12 | --cache-size=12 is not a size of the format '123MB', '123GB' or"
            + " '123TB' below 8388608TB",
        "--repo=r --cache-size=900TB | --cache-size=900TB is more than half of the memory that the"
            + " JVM may use",
        "--repo=r --max-connections=0 | --max-connections=0 is not a number from 1 to 1000000",
        "--repo=r --stop-timeout=x | --stop-timeout=x is not a number from 0 to 86400"
      })
  void saysWhatIsWrong(String arguments, String message) {
    assertThatThrownBy(() -> settings(arguments.split(" ", -1)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(message);
  }
}
