/**
 * RPM package headers, payloads, repository metadata, the solver, the package database and treefile
 * composes will live here.
 */
@NullMarked
package dev.coppice.rpm;

import org.jspecify.annotations.NullMarked;
