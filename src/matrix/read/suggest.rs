//! "Did you mean": the known name nearest to an unknown one.

/// Longer words are never compared: the cost grows with the product of both lengths.
const LONGEST: usize = 64;
/// Known names that a message lists.
const LISTED: usize = 10;

/// The candidate that was probably meant.
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.trim().to_lowercase();
    // Of P5 and P1 neither is a slip for the other.
    let allowed = if word.chars().count() < 3 { 0 } else { 1 + word.chars().count() / 4 };
    let near = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST).map(|candidate| {
        let known = candidate.to_lowercase();
        let part =
            word.len() >= 3 && (known.starts_with(&word) || word.starts_with(&known) && known.len() >= 3);
        let far = strsim::damerau_levenshtein(&word, &known);
        (if part { far.min(2) } else { far }, candidate)
    });
    near.filter(|(far, _)| *far <= allowed).min_by_key(|(far, _)| *far).map(|(_, candidate)| candidate)
}

/// What to do about an unknown name: the nearest one, or all there are.
pub(super) fn advice<'c>(word: &str, known: impl IntoIterator<Item = &'c str> + Clone) -> String {
    if let Some(meant) = nearest(word, known.clone()) {
        return format!("did you mean \"{meant}\"?");
    }
    let names: Vec<&str> = known.into_iter().collect();
    let listed = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "there is none: define it first".to_owned(),
        n if n > LISTED => format!("known: {listed} and {} more", n - LISTED),
        _ => format!("known: {listed}"),
    }
}
