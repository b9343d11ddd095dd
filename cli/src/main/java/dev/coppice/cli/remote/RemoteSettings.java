package dev.coppice.cli.remote;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.config.KeyFile;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the settings of a new remote in the order in which ostree writes them. */
final class RemoteSettings {
  private static final String METALINK = "metalink=";

  /** Kinds of signatures, as in {@code ostree_sign_get_by_name}. */
  private static final List<String> SIGNATURES = List.of("ed25519", "spki", "dummy");

  private final String group;
  private KeyFile file;

  RemoteSettings(RemoteName name) {
    this.group = Remote.group(name.name());
    this.file = KeyFile.empty("settings of remote " + name);
  }

  /** A key file with the remote's group. */
  KeyFile file() {
    return file;
  }

  void url(@Nullable String url) {
    if (url != null && url.startsWith(METALINK)) {
      text("metalink", url.substring(METALINK.length()));
    } else {
      text("url", url);
    }
  }

  void branches(List<String> branches) {
    if (!branches.isEmpty()) {
      file = file.with(group, "branches", branches);
    }
  }

  /** Sets a key, unless there is no value. */
  void text(String key, @Nullable String value) {
    if (value != null) {
      file = file.with(group, key, value);
    }
  }

  /** Sets keys from {@code KEY=VALUE}. */
  void pairs(List<String> pairs) {
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw UsageException.messageOnly("Missing '=' in KEY=VALUE for --set");
      }
      text(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  /** Sets what is verified. No verification at all means none of OpenPGP signatures as well. */
  void verification(boolean noGpg, boolean none, List<String> keys) {
    if (noGpg || none) {
      file = file.with(group, "gpg-verify", false);
    }
    if (none) {
      if (!keys.isEmpty()) {
        throw UsageException.messageOnly("Cannot specify both --sign-verify and --no-sign-verify");
      }
      file = file.with(group, "sign-verify", false);
    }
    List<String> kinds = new ArrayList<>();
    for (String key : keys) {
      kinds.add(key(key));
    }
    if (!kinds.isEmpty()) {
      text("sign-verify", String.join(",", kinds));
    }
  }

  /** Sets a key from {@code KEYTYPE=inline:PUBKEY} or {@code KEYTYPE=file:PATH}. */
  private String key(String spec) {
    int equals = spec.indexOf('=');
    if (equals < 0) {
      throw UsageException.messageOnly("Failed to parse KEYTYPE=[inline|file]:DATA in " + spec);
    }
    String kind = spec.substring(0, equals);
    if (!SIGNATURES.contains(kind)) {
      throw UsageException.messageOnly("Requested signature type is not implemented");
    }
    String reference = spec.substring(equals + 1);
    int colon = reference.indexOf(':');
    String where = colon < 0 ? reference : reference.substring(0, colon);
    String suffix =
        switch (colon < 0 ? "" : where) {
          case "inline" -> "key";
          case "file" -> "file";
          default ->
              throw UsageException.messageOnly(
                  "Invalid key reference " + where + ", expected inline|file");
        };
    text("verification-" + kind + "-" + suffix, reference.substring(colon + 1));
    return kind;
  }
}
