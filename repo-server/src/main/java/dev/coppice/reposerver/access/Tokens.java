package dev.coppice.reposerver.access;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that allow to read. The file has their SHA-256 and not themselves, so reading it does not
 * help anybody; that is enough for tokens, which are long and random, as it would not be for
 * passwords.
 */
public final class Tokens {
  private static final int HASH_BYTES = 32;
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final List<Entry> entries;

  @SuppressWarnings("ArrayRecordComponent") // compared in constant time only
  private record Entry(byte[] hash, String name) {}

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads a file of lines {@code SHA256 NAME}, the hash in hexadecimal. Empty lines and those that
   * start with {@code #} do not count.
   *
   * @throws Failure with the number of a line that is not of this form
   */
  public static Tokens read(Path file) throws IOException {
    var entries = new ArrayList<Entry>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        entries.add(entry(text, file + ", line " + number));
      }
    }
    return new Tokens(entries);
  }

  private static Entry entry(String text, String place) {
    int blank = text.indexOf(' ');
    String hash = blank < 0 ? text : text.substring(0, blank);
    String name = blank < 0 ? "token" : text.substring(blank).strip();
    try {
      byte[] bytes = HexFormat.of().parseHex(hash);
      if (bytes.length == HASH_BYTES && name.chars().allMatch(c -> c > ' ' && c != '"')) {
        return new Entry(bytes, name);
      }
    } catch (IllegalArgumentException e) {
      // Reported below; the line is not shown, it may be a token by mistake.
    }
    throw new Failure(
        ErrorCode.CONFIG_INVALID,
        place + ": not a SHA-256 in hexadecimal and a name without blanks",
        "Give the token, without a newline, to sha256sum and put a name behind what it prints.");
  }

  /**
   * The name of the token in an {@code Authorization} header, or empty when there is none that is
   * known. It may be a bearer token, or the password of a basic login, which is how clients send it
   * that can only be given a URL.
   */
  public Optional<String> name(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    String lower = authorization.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return known(authorization.substring(BEARER.length()).strip());
    }
    return lower.startsWith(BASIC)
        ? password(authorization.substring(BASIC.length()).strip()).flatMap(this::known)
        : Optional.empty();
  }

  private static Optional<String> password(String credentials) {
    try {
      var text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Compares with every entry to its end, so that time tells nothing about which is near. */
  private Optional<String> known(String token) {
    byte[] hash = sha256(token);
    Optional<String> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash, hash)) {
        found = Optional.of(entry.name);
      }
    }
    return found;
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
