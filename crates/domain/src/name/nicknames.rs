//! Given names that are often one person's: short forms, and the same name in
//! other languages and spellings.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The groups in which each name stands, by their line.
static GROUPS: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: HashMap<&str, Vec<u16>> = HashMap::new();
    let lines = include_str!("../../data/nicknames.txt").lines();
    for (line, number) in lines.zip(0u16..) {
        if line.starts_with('#') {
            continue;
        }
        for name in line.split_whitespace() {
            groups.entry(name).or_default().push(number);
        }
    }
    groups
});

/// Returns the groups of a folded given name; none for most.
pub(crate) fn groups_of(name: &str) -> &'static [u16] {
    GROUPS.get(name).map_or(&[], Vec::as_slice)
}

/// Returns whether two folded given names stand in one group.
pub(super) fn are_in_one_group(a: &str, b: &str) -> bool {
    let others = groups_of(b);
    groups_of(a).iter().any(|group| others.contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_languages_have_their_short_forms() {
        assert!(are_in_one_group("bob", "robert"));
        assert!(are_in_one_group("pepe", "jose"));
        assert!(are_in_one_group("alex", "alejandro"));
        assert!(!are_in_one_group("bob", "pepe"));
        assert!(!are_in_one_group("asha", "asha"));
    }

    #[test]
    fn the_table_is_folded_and_without_lonely_names() {
        for line in include_str!("../../data/nicknames.txt").lines() {
            if line.starts_with('#') {
                continue;
            }
            assert!(line.split_whitespace().count() > 1, "{line}");
            for name in line.split_whitespace() {
                assert_eq!(crate::fold_key(name), name, "{line}");
            }
        }
    }
}
