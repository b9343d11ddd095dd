package dev.coppice.cli.remote;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.time.LocalDateText;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.openpgp.OpenPgpKey;
import dev.coppice.sign.openpgp.UserId;
import dev.coppice.sign.openpgp.WebKeyDirectory;
import dev.coppice.sign.trust.Keyrings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remote gpg-list-keys}: the OpenPGP keys of a remote, or those of the system. */
public final class RemoteGpgListKeysCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The remote")
  @Nullable String name;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      Keyring keyring =
          name == null
              ? Keyrings.ofSystem(Keys.places(context))
              : Keyrings.ownedBy(Remotes.of(opened), name, Keys.places(context));
      List<OpenPgpKey> keys = keyring.keys();
      if (json.json()) {
        print(json.writer(context), keys);
      } else {
        keys.forEach(key -> print(context.console(), key));
      }
      return ExitCodes.OK;
    }
  }

  /** Source: {@code ot_dump_gpg_key}. */
  private static void print(Console console, OpenPgpKey key) {
    print(console, "Key: ", "  ", key.primary());
    for (UserId user : key.userIds()) {
      console.println("  UID: " + user.text() + flags(user.revoked(), user.invalid()));
      var directory = WebKeyDirectory.of(user.email());
      String advanced = directory.map(WebKeyDirectory::advanced).orElse("");
      String direct = directory.map(WebKeyDirectory::direct).orElse("");
      console.println("  Advanced update URL: " + advanced);
      console.println("  Direct update URL: " + direct);
    }
    for (OpenPgpKey.Part subkey : key.parts().subList(1, key.parts().size())) {
      print(console, "  Subkey: ", "    ", subkey);
    }
  }

  private static void print(Console console, String head, String indent, OpenPgpKey.Part part) {
    console.println(head + part.fingerprint() + flags(part.revoked(), part.invalid()));
    console.println(indent + "Created: " + date(part.created()));
    String word = part.expired() ? "Expired: " : "Expires: ";
    part.expires().ifPresent(end -> console.println(indent + word + date(end)));
  }

  private static String flags(boolean revoked, boolean invalid) {
    return (revoked ? " (revoked)" : "") + (invalid ? " (invalid)" : "");
  }

  private static String date(Instant instant) {
    return LocalDateText.of(instant, ZoneId.systemDefault());
  }

  private static void print(JsonWriter json, List<OpenPgpKey> keys) {
    json.object().array("keys");
    for (OpenPgpKey key : keys) {
      json.object();
      print(json, key.primary());
      json.array("user-ids");
      for (UserId user : key.userIds()) {
        json.object().field("text", user.text()).field("name", user.name());
        json.field("email", user.email());
        json.field("revoked", user.revoked()).field("invalid", user.invalid());
        WebKeyDirectory.of(user.email())
            .ifPresent(
                directory ->
                    json.field("advanced-url", directory.advanced())
                        .field("direct-url", directory.direct()));
        json.end();
      }
      json.end().array("subkeys");
      for (OpenPgpKey.Part subkey : key.parts().subList(1, key.parts().size())) {
        json.object();
        print(json, subkey);
        json.end();
      }
      json.end().end();
    }
    json.end().end();
  }

  private static void print(JsonWriter json, OpenPgpKey.Part part) {
    json.field("fingerprint", part.fingerprint());
    json.field("created", part.created().getEpochSecond());
    part.expires().ifPresent(end -> json.field("expires", end.getEpochSecond()));
    json.field("expired", part.expired()).field("revoked", part.revoked());
    json.field("invalid", part.invalid());
  }
}
