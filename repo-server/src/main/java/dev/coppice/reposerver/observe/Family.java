package dev.coppice.reposerver.observe;

import java.util.List;

/**
 * Values of one name, told apart by a label.
 *
 * @param type {@code gauge} or {@code counter}
 */
public record Family(String name, String type, String help, List<Sample> samples) {
  /**
   * One value.
   *
   * @param label the label's name, of {@code subject} its value
   */
  public record Sample(String label, String subject, String value) {}

  /** Copies the list. */
  public Family {
    samples = List.copyOf(samples);
  }

  void write(StringBuilder out) {
    for (Sample each : samples) {
      out.append(name).append('{').append(each.label()).append("=\"");
      quote(each.subject(), out);
      out.append("\"} ").append(each.value()).append('\n');
    }
  }

  /** As Prometheus reads values of labels. */
  private static void quote(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(text.charAt(i));
      }
    }
  }
}
