package dev.coppice.transfer.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A name in the DNS: labels, the root last and left out. Upper and lower case of ASCII letters
 * count as the same, as RFC 6762, section 16, has it.
 */
public final class DnsName {
  /** Bytes that a label may have. Source: RFC 1035, section 2.3.4. */
  static final int MAX_LABEL = 63;

  /** Bytes that a name may have, with the length of each label and the root. Source: as above. */
  static final int MAX_NAME = 255;

  /** Labels, a character for each byte: a hostile label need not be UTF-8. */
  private final List<String> labels;

  private final List<String> key;

  private DnsName(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.key = this.labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
  }

  /** A name whose labels have no dots, such as {@code _http._tcp.local}. */
  public static DnsName of(String dotted) {
    return ofLabels(List.of(dotted.split("\\.")));
  }

  /**
   * A name of labels as text.
   *
   * @throws IllegalArgumentException when a label or the name is too long, or a label is empty
   */
  public static DnsName ofLabels(List<String> labels) {
    DnsName name =
        new DnsName(
            labels.stream()
                .map(
                    label ->
                        new String(
                            label.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList());
    boolean short63 = name.labels.stream().allMatch(l -> !l.isEmpty() && l.length() <= MAX_LABEL);
    if (!short63 || name.encodedLength() > MAX_NAME) {
      throw new IllegalArgumentException("no name of the DNS: " + name);
    }
    return name;
  }

  /** A name of labels that were read, a character for each byte. */
  static DnsName ofBytes(List<String> labels) {
    return new DnsName(labels);
  }

  /** This name with a label, as text, before it. */
  public DnsName child(String label) {
    List<String> all = new ArrayList<>();
    all.add(label);
    labels.forEach(each -> all.add(text(each)));
    return ofLabels(all);
  }

  /** Whether this is a name directly below another one. */
  boolean isChildOf(DnsName parent) {
    return key.size() == parent.key.size() + 1 && key.subList(1, key.size()).equals(parent.key);
  }

  /** The labels, a character for each byte. */
  List<String> labels() {
    return labels;
  }

  /** Bytes that it takes without compression. */
  int encodedLength() {
    return 1 + labels.stream().mapToInt(label -> 1 + label.length()).sum();
  }

  private static String text(String label) {
    return new String(label.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DnsName name && key.equals(name.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The name as people read it; control characters, which could play with a terminal, are not. */
  @Override
  public String toString() {
    return labels.stream()
        .map(label -> text(label).replaceAll("\\p{Cc}", "?"))
        .collect(Collectors.joining("."));
  }
}
