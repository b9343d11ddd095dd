package dev.coppice.core.gvariant;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads one definite type after the other from a string, with GLib's limit of nesting. */
final class TypeScanner {
  /** {@code G_VARIANT_MAX_RECURSION_DEPTH} of GLib: containers around a basic type. */
  static final int MAX_DEPTH = 128;

  private static final VariantType[] NONE = {};

  private final String text;
  private int position;

  TypeScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position == text.length();
  }

  /** The next complete type, or null if what follows is not one. */
  @Nullable VariantType next() {
    return next(MAX_DEPTH);
  }

  private @Nullable VariantType next(int depthLeft) {
    if (atEnd()) {
      return null;
    }
    int start = position;
    char kind = text.charAt(position++);
    return switch (kind) {
      case 'a', 'm' -> withElement(start, depthLeft);
      case '{' -> dictEntry(start, depthLeft);
      case '(' -> tuple(start, depthLeft);
      default -> VariantType.basic(kind);
    };
  }

  private @Nullable VariantType withElement(int start, int depthLeft) {
    if (depthLeft == 0) {
      return null;
    }
    VariantType element = next(depthLeft - 1);
    return element == null ? null : finish(start, new VariantType[] {element});
  }

  private @Nullable VariantType dictEntry(int start, int depthLeft) {
    if (depthLeft == 0) {
      return null;
    }
    VariantType key = next(0);
    if (key == null || !key.isBasic()) {
      return null;
    }
    VariantType value = next(depthLeft - 1);
    if (value == null || atEnd() || text.charAt(position++) != '}') {
      return null;
    }
    return finish(start, new VariantType[] {key, value});
  }

  private @Nullable VariantType tuple(int start, int depthLeft) {
    var members = new ArrayList<VariantType>(4);
    while (!atEnd() && text.charAt(position) != ')') {
      if (depthLeft == 0) {
        return null;
      }
      VariantType member = next(depthLeft - 1);
      if (member == null) {
        return null;
      }
      members.add(member);
    }
    if (atEnd()) {
      return null;
    }
    position++;
    return finish(start, members.toArray(NONE));
  }

  private VariantType finish(int start, VariantType[] children) {
    return VariantType.container(text, start, position, children);
  }
}
