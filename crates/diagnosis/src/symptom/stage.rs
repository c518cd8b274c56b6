//! Where the start stopped: from the words of the failing step, never from the class alone.

use super::kinds::Stage;
use super::squeezed::Squeezed;

/// Words of one step, squeezed. Earlier rows win: a step inside a step is written after its outer one, so the inner ones come first.
const STEPS: [(Stage, &[&str]); 11] = [
    (
        Stage::RoleAssumption,
        &[
            "unabletoassumetherole",
            "unabletoassumerole",
            "unabletoassumethetaskrole",
            "unabletoassumetheexecutionrole",
            "sts:assumerole",
        ],
    ),
    (
        Stage::Volume,
        &[
            "efsutilscommand",
            "tosetupefsvolumes",
            "mount.nfs4",
            "efsvolumeconfig",
            "cannotcreatevolumeerror",
            "fsxwindowsfileserver",
            "ephemeralstorageprovision",
            "volumeattachment",
            "ebsvolume",
            "failedtomountvolume",
            "dockervolumeconfig",
        ],
    ),
    (
        Stage::EnvFile,
        &[
            "todownloadenvfile",
            "downloadenvfile",
            "filedownloadcommand",
            "environmentfileresource",
            "unabletoparsebucketandkeyfroms3arn",
            "unabletoinitializes3clientforbucket",
        ],
    ),
    (
        Stage::LogDriver,
        &[
            "tovalidateloggerargs",
            "initializeloggingdriver",
            "initializingloggingdriver",
            "createcloudwatchlog",
            "cloudwatchloggroup",
            "cloudwatchlogstream",
            "taskandamazoncloudwatch",
            "specifiedloggroup",
            "operationerrorcloudwatchlogs",
            "logs:createlog",
            "firelenss3config",
            "firelensconfig",
            "firelensresource",
        ],
    ),
    (
        Stage::NetworkSetup,
        &[
            "networkinterfaceprovision",
            "unexpectedec2errorwhileattemptingto",
            "failedtoconfigureeni",
            "insufficientfreeaddressesinsubnet",
            "tosetupnetworknamespace",
            "networknamespacesetup",
            "attachnetworkinterface",
            "createnetworkinterface",
        ],
    ),
    (
        Stage::RegistryAuth,
        &[
            "retrieveecrregistryauth",
            "pullregistryauthfrom",
            "registryauthfromasm",
            "retrieveprivateregistryauth",
            "asmfetchingauthorizationdata",
            "asmfetchingusername",
            "asmfetchingpassword",
            "asmfetchingsecretfromtheservice",
            "asmauthresource",
            "ecr:getauthorizationtoken",
            "operationerrorecr:getauthorizationtoken",
            "engineecrcredentials",
            "engineecrauthorization",
            "dockerprivateregistrycredentials",
            "executioncredentials,butthecredentialsareempty",
            "://api.ecr",
        ],
    ),
    (
        Stage::SecretFetch,
        &[
            "unabletoretrievesecret",
            "retrievesecretfrom",
            "retrievesecretsfrom",
            "fetchingsecretdatafrom",
            "failedtofetchsecret",
            "pullsecretsfromaws",
            "pullthesecretfrom",
            "retrievethesecretwith",
            "retrievedsecretfromsecretsmanager",
            "didnotcontainjsonkey",
            "invalidssmparameter",
            "invalidparameters:",
            "secretsmanager:getsecretvalue",
            "ssm:getparameter",
            "operationerrorsecretsmanager",
            "operationerrorssm",
            "asmsecretresource",
            "ssmsecretresource",
            "retrievesecretwithvalue",
            "secretsmanagersecretidfromvalue",
            "awssecretsmanagersecretwasspecified",
            "secretsmanagercantfindthespecifiedsecret",
            "valueforstaginglabel",
            "operationonthesecretbecause",
            "secretarn:",
            "://secretsmanager",
            "://ssm",
            "accesstokmsisnotallowed",
        ],
    ),
    (Stage::SecretsOrRegistryAuth, &["unabletopullsecrets", "secretsorregistryauth"]),
    (
        Stage::ImagePull,
        &[
            "pullimagemanifest",
            "refpullhasbeenretried",
            "inspectimagehasbeenretried",
            "failedtoresolveref",
            "failedtopullimage",
            "failedtodorequest",
            "unexpectedstatusfrom",
            "/manifests/",
            "failedtocopy:",
            "httpreadseeker",
            "httpreaderseeker",
            "failedtoregisterlayer",
            "failedtoextractlayer",
            "pullaccessdenied",
            "cantpulltheimage",
            "fromtheregistry",
            "fromtheamazonecrrepository",
            "taskandtheregistry",
            "pullcommandfailed",
            "manifestunknown",
            "nomatchingmanifest",
            "nomatchforplatform",
            "descriptormatchingplatform",
            "toomanyrequests:",
            "pullratelimit",
            "starport-layer-bucket",
            "redactedecrurl",
            "numberoflayersanddiffids",
            "pullingfromhost",
            "fetchanonymoustoken",
            "fetchoauthtoken",
            "requestedaccesstotheresource",
            "insufficient_scope",
            "ecr:batchgetimage",
            "ecr:getdownloadurlforlayer",
            "ecr:batchchecklayeravailability",
            "nobasicauthcredentials",
            "getimageblob",
            "://registry-1.docker.io",
            "://auth.docker.io",
            // The container engine asks nothing but registries.
            "daemon:get",
            "daemon:head",
            "apierror(500):get",
            "/v2/:",
        ],
    ),
    (Stage::RegistryAuth, &["ecrregistryauth"]),
    (Stage::LogDriver, &["awslogs-", "://logs."]),
];

/// The stage that the words name.
pub(super) fn stage(squeezed: &Squeezed, class: Option<&str>) -> Stage {
    let by_class = class.and_then(of_class);
    STEPS
        .iter()
        .find(|(stage, phrases)| (by_class == Some(*stage) || squeezed.any(phrases)) && !excluded(*stage, squeezed))
        .map_or(Stage::Other, |(stage, _)| *stage)
}

/// The step that a class word alone tells: the agent has one for each of its ways to fetch an image.
fn of_class(class: &str) -> Option<Stage> {
    match class {
        "CannotPullECRContainerError" | "CannotPullContainerAuthError" => Some(Stage::RegistryAuth),
        "CannotPullContainerError" | "CannotPullImageManifestError" => Some(Stage::ImagePull),
        _ => None,
    }
}

/// Places where the words of one step belong to another.
fn excluded(stage: Stage, squeezed: &Squeezed) -> bool {
    match stage {
        // Managed Instances of Amazon ECS: launching the host is no step of the task.
        Stage::Volume | Stage::NetworkSetup => squeezed.has("unabletolaunchinstance"),
        // `invalid parameters:` is also how other APIs begin; only next to the store does it name parameters.
        Stage::SecretFetch => {
            squeezed.has("cannotstartcontainererror") && !squeezed.has("secret")
                || only_invalid_parameters(squeezed) && !squeezed.any(&["ssm", "parameterstore", "secret"])
        }
        _ => false,
    }
}

fn only_invalid_parameters(squeezed: &Squeezed) -> bool {
    STEPS.iter().filter(|(stage, _)| *stage == Stage::SecretFetch).all(|(_, phrases)| {
        phrases
            .iter()
            .all(|phrase| *phrase == "invalidparameters:" || !squeezed.has(phrase))
    })
}
