//! What tests of reports share.

use evidence::Input;

/// Names and texts as inputs.
pub(crate) fn inputs<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Vec<Input<'_>> {
    files
        .iter()
        .map(|(name, text)| Input {
            name: name.as_ref(),
            bytes: text.as_ref().as_bytes(),
        })
        .collect()
}
