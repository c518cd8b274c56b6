//! The error's class word and the stop code, as Amazon ECS and its agent spell them.

use super::clean::Clean;
use super::squeezed::Squeezed;

/// The class words of stopped tasks (Amazon ECS Developer Guide, "Stopped task error codes") and of the container agent
/// (`agent/dockerclient/dockerapi/errors.go`, `ecs-agent/api/errors`).
const CLASSES: [&str; 23] = [
    "ResourceInitializationError",
    "CannotPullContainerError",
    "CannotPullECRContainerError",
    "CannotPullContainerAuthError",
    "CannotPullImageManifestError",
    "CannotCreateContainerError",
    "CannotStartContainerError",
    "CannotInspectContainerError",
    "CannotStopContainerError",
    "CannotRemoveContainerError",
    "CannotDescribeContainerError",
    "CannotListContainersError",
    "CannotListImagesError",
    "CannotCreateVolumeError",
    "CannotGetDockerClientError",
    "CannotGetDockerClientVersionError",
    "ContainerRuntimeTimeoutError",
    "ContainerRuntimeError",
    "DockerTimeoutError",
    "DockerStateError",
    "OutOfMemoryError",
    "SpotInterruptionError",
    "InternalError",
];

/// The stop codes of a task (`DescribeTasks`, `stopCode`).
const STOP_CODES: [&str; 6] = [
    "TaskFailedToStart",
    "EssentialContainerExited",
    "UserInitiated",
    "ServiceSchedulerInitiated",
    "SpotInterruption",
    "TerminationNotice",
];

/// The first class word in the text, spelled properly, and where it begins.
pub(super) fn class(clean: &Clean, squeezed: &Squeezed) -> Option<(&'static str, usize)> {
    CLASSES
        .iter()
        .filter_map(|class| {
            let phrase = class.to_ascii_lowercase();
            let starts = squeezed.starts_of(&phrase);
            let whole = starts.into_iter().zip(squeezed.ends_of(&phrase)).find(|(start, end)| {
                // "Internal error." is a sentence; a longer word is the class even where a wrap broke it.
                let sentence = *class == "InternalError" && end - start > class.len();
                !sentence && apart(clean, *start, *end)
            });
            whole.map(|(start, _)| (*class, start))
        })
        .min_by_key(|(_, start)| *start)
}

/// The stop code that tools glue before the reason.
pub(super) fn stop_code(clean: &Clean, squeezed: &Squeezed) -> Option<&'static str> {
    STOP_CODES.into_iter().find(|code| {
        let phrase = code.to_ascii_lowercase();
        let starts = squeezed.starts_of(&phrase);
        starts
            .into_iter()
            .zip(squeezed.ends_of(&phrase))
            .any(|(start, end)| apart(clean, start, end))
    })
}

/// Whether the characters are a word of their own, not a part of a name.
fn apart(clean: &Clean, start: usize, end: usize) -> bool {
    let joins = |char: Option<&char>| char.is_some_and(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '/'));
    let before = start.checked_sub(1).and_then(|at| clean.chars.get(at));
    !joins(before) && !joins(clean.chars.get(end))
}
