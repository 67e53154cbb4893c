//! A made-up student's year.
