/**
 * What is in a static delta: its parts, their operations, and what each file costs. Nothing is
 * applied or verified beyond what reading needs.
 */
@NullMarked
package dev.coppice.transfer.delta.inspect;

import org.jspecify.annotations.NullMarked;
