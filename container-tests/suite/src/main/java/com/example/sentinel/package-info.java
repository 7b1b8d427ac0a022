/** A web application of sentinels: its servlets do nothing but note that they were entered, and by which path. */
@NullMarked
package com.example.sentinel;

import org.jspecify.annotations.NullMarked;
