package dev.coppice.cli.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The metadata of a commit, or what was attached to it later.
 *
 * @param dictionary an {@code a{sv}}
 */
record ShownMetadata(Variant dictionary) {
  /**
   * How a value is shown.
   *
   * @param hex whether bytes are shown as bare hexadecimal digits
   * @param swapped whether numbers are taken as big-endian, which ostree's own are
   */
  record Form(boolean hex, boolean swapped) {}

  /** The metadata that is part of a commit. */
  static ShownMetadata ofCommit(Repo repo, String rev) throws IOException {
    return new ShownMetadata(repo.loadCommit(repo.resolve(rev)).metadata());
  }

  /**
   * The detached metadata of a commit.
   *
   * @throws Failure when it has none
   */
  static ShownMetadata detached(Repo repo, String rev) throws IOException {
    Checksum commit = repo.resolve(rev);
    byte[] bytes =
        repo.loadDetachedMetadata(commit)
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.INPUT_INVALID, "No detached metadata for commit " + commit));
    return new ShownMetadata(Variant.of(VariantType.DICTIONARY, bytes));
  }

  /** Its keys, sorted. */
  Keys keys() {
    List<String> keys = new ArrayList<>();
    VariantDict.forEach(dictionary, (key, value) -> keys.add(key));
    keys.sort(PosixNames.BYTE_ORDER);
    return new Keys(keys);
  }

  /** One value. */
  Value value(String key, Form form) {
    Variant value =
        dictionary
            .lookup(key)
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.INPUT_INVALID,
                        "No such metadata key '" + key + "'",
                        "List the keys with --list-metadata-keys or"
                            + " --list-detached-metadata-keys"));
    return new Value(key, value, form);
  }

  /** The keys. */
  record Keys(List<String> keys) {
    void print(ShowOutput out) {
      if (out.json()) {
        out.writer().object().field("keys", keys).end();
      } else {
        keys.forEach(out::println);
      }
    }
  }

  /** A value with its key. */
  record Value(String key, Variant value, Form form) {
    void print(ShowOutput out) {
      if (out.json()) {
        out.writer()
            .object()
            .field("key", key)
            .field("type", value.type().toString())
            .field("value", isText() ? value.asString() : text())
            .end();
      } else {
        out.println(text());
      }
    }

    private boolean isText() {
      return value.type().equals(VariantType.STRING);
    }

    private String text() {
      if (form.hex && value.type().equals(VariantType.BYTES)) {
        return HexFormat.of().formatHex(value.asBytes());
      }
      return (form.swapped ? value.byteswapped() : value).print(true);
    }
  }
}
