/** Golden bytes made by the real tools, builders of trees and drivers that run a real peer. */
@NullMarked
package dev.coppice.testdata;

import org.jspecify.annotations.NullMarked;
