//! Whether an image has something for the task's processor and operating system.

use super::image::{self, Wanted};
use super::{FaultKind, Judgement, error};
use crate::case::Case;
use crate::model::ReferenceVerdict;
use crate::requirements::Use;
use crate::symptom::{Cause, Stage};
use references::{CpuArchitecture, ImagePlatform, ImageReference, OperatingSystemFamily, PlatformMatch, RuntimePlatform};
use snapshot::ecr::image::Platform;
use snapshot::ecs::task::{Attribute, LaunchType};

/// Adds the fault where manifests or the error text prove it.
pub(super) fn judge(case: &Case<'_>, used: &Use, image: &ImageReference, judged: &mut Judgement) {
    let task = of_task(case);
    let wanted = task.map(name);
    if let Some((symptom, at)) = error::stated(case)
        && symptom.cause == Cause::PlatformMismatch
        && symptom.stage == Stage::ImagePull
        && image::is_named(case, used)
    {
        let wanted = symptom.quoted.platform.clone().or(wanted);
        let kind = FaultKind::PlatformMismatch {
            wanted,
            offered: offered(case, image),
        };
        judged.fault(kind, vec![at.clone()], Vec::new());
        return;
    }
    let Some(task) = task else { return };
    let Some(place) = Wanted::of(case, image) else { return };
    for found in image::manifests(case, &place) {
        let Some(platforms) = &found.value.platforms else {
            continue;
        };
        let real: Vec<ImagePlatform> = platforms
            .iter()
            .filter_map(read)
            .filter(|platform| !platform.is_attestation())
            .collect();
        // An entry without a platform may be for any.
        if real.is_empty() || platforms.iter().any(|platform| read(platform).is_none()) {
            continue;
        }
        if real.iter().all(|platform| platform.serves(task) == PlatformMatch::No) {
            let offered = real.iter().map(shown).collect();
            let kind = FaultKind::PlatformMismatch { wanted, offered };
            let mut proof = vec![found.member("imageManifest")];
            proof.extend(runtime_at(case));
            judged.fault(kind, proof, Vec::new());
            return;
        }
    }
    if unseen(case, &place, judged) {
        judged.needs.push(image::manifest_call(case, &place).into());
    }
}

/// Whether only the manifest can tell what the image is made for, and that may be what fails: before launch, or where the pull's error was
/// cut. The reference itself is found; the need is what its manifest would show besides.
fn unseen(case: &Case<'_>, place: &Wanted<'_>, judged: &Judgement) -> bool {
    let open = case
        .symptom
        .as_ref()
        .is_none_or(|symptom| symptom.stage == Stage::ImagePull && symptom.cause == Cause::Unknown);
    open && judged.verdict == ReferenceVerdict::Found && image::manifests(case, place).next().is_none()
}

fn offered(case: &Case<'_>, image: &ImageReference) -> Vec<String> {
    let Some(place) = Wanted::of(case, image) else {
        return Vec::new();
    };
    let platforms: Vec<ImagePlatform> = image::manifests(case, &place)
        .filter_map(|found| found.value.platforms.as_ref())
        .flatten()
        .filter_map(read)
        .collect();
    platforms.iter().filter(|platform| !platform.is_attestation()).map(shown).collect()
}

/// `linux/arm64`; of Windows, which runs images of like builds only, the build as well.
fn shown(platform: &ImagePlatform) -> String {
    match &platform.os_version {
        Some(version) => format!("{platform} {version}"),
        None => platform.to_string(),
    }
}

fn read(platform: &Platform) -> Option<ImagePlatform> {
    Some(ImagePlatform {
        os: platform.os.clone()?,
        architecture: platform.architecture.clone()?,
        variant: platform.variant.clone(),
        os_version: platform.os_version.clone(),
    })
}

/// The task's platform: as ECS placed it, as its definition says, as Fargate's default (ECS API reference, `RuntimePlatform`).
pub(super) fn of_task(case: &Case<'_>) -> Option<RuntimePlatform> {
    let runtime = case.definition.and_then(|definition| definition.value.runtime_platform.as_ref());
    let named = |attributes: &[Attribute], name: &str| {
        let attribute = attributes.iter().find(|attribute| attribute.name.as_deref() == Some(name))?;
        attribute.value.as_ref().map(|value| value.as_str().to_owned())
    };
    let instance = case.task.and_then(|task| {
        let arn = task.value.container_instance_arn.as_ref()?;
        case.snapshot.ecs.container_instances.get(arn)
    });
    let of_instance = |name: &str| named(&instance?.value.attributes, name);
    let placed = case.task.and_then(|task| named(&task.value.attributes, "ecs.cpu-architecture"));
    let placed = placed.or_else(|| of_instance("ecs.cpu-architecture"));
    let placed = placed.and_then(|name| CpuArchitecture::parse(&name));
    let fargate = case.launch == Some(LaunchType::Fargate) && case.definition.is_some();
    let cpu = placed
        .or_else(|| CpuArchitecture::parse(runtime?.cpu_architecture.as_deref()?))
        .or_else(|| (fargate && runtime.is_none_or(|runtime| runtime.cpu_architecture.is_none())).then_some(CpuArchitecture::X86_64))?;
    let os = case
        .task
        .and_then(|task| OperatingSystemFamily::parse(task.value.platform_family.as_deref()?))
        .or_else(|| OperatingSystemFamily::parse(runtime?.operating_system_family.as_deref()?))
        .or_else(|| OperatingSystemFamily::parse(&of_instance("ecs.os-type")?))
        .or_else(|| {
            (fargate && runtime.is_none_or(|runtime| runtime.operating_system_family.is_none())).then_some(OperatingSystemFamily::Linux)
        })?;
    Some(RuntimePlatform { cpu, os })
}

/// `linux/arm64`, `windows/amd64 10.0.20348`.
fn name(platform: RuntimePlatform) -> String {
    let os = if platform.os.is_windows() { "windows" } else { "linux" };
    let cpu = match platform.cpu {
        CpuArchitecture::X86_64 => "amd64",
        CpuArchitecture::Arm64 => "arm64",
    };
    match platform.os {
        OperatingSystemFamily::Windows { build: Some(build) } => format!("{os}/{cpu} 10.0.{build}"),
        _ => format!("{os}/{cpu}"),
    }
}

fn runtime_at(case: &Case<'_>) -> Option<snapshot::Citation> {
    let definition = case.definition?;
    definition.value.runtime_platform.as_ref()?;
    Some(definition.member("runtimePlatform"))
}
