//! VPC Block Public Access, flow logs, Reachability Analyzer's results, and AWS's published address ranges.

use crate::core::collection::Resource;
use crate::core::ids::{AccountId, AnalysisId, ExclusionId, FlowLogId};
use crate::core::shape::shape;
use crate::ec2::words::{Cidr, one, words};
use evidence::Operation;

words! {
    /// What Block Public Access forbids.
    enum BlockMode {
        /// Nothing.
        Off = "off",
        /// All traffic of internet gateways and egress-only internet gateways.
        Bidirectional = "block-bidirectional",
        /// What is not answered through a NAT gateway or an egress-only internet gateway.
        Ingress = "block-ingress",
    }
    /// What an exclusion admits.
    enum ExclusionMode {
        /// Both directions.
        Bidirectional = "allow-bidirectional",
        /// Outwards only.
        Egress = "allow-egress",
    }
    /// The state of an exclusion; only the first two count.
    enum ExclusionState {
        /// In force.
        CreateComplete = "create-complete",
        /// In force.
        UpdateComplete = "update-complete",
        /// Not yet.
        CreateInProgress = "create-in-progress",
        /// Could not be made.
        CreateFailed = "create-failed",
        /// Changing.
        UpdateInProgress = "update-in-progress",
        /// Could not be changed.
        UpdateFailed = "update-failed",
        /// Going.
        DeleteInProgress = "delete-in-progress",
        /// Gone.
        DeleteComplete = "delete-complete",
        /// Cannot be used.
        DisableInProgress = "disable-in-progress",
        /// Cannot be used.
        DisableComplete = "disable-complete",
    }
}

shape! { Pascal;
    /// The account's Block Public Access in a Region.
    struct BlockPublicAccessOptions {
        /// The account.
        aws_account_id: Option<AccountId>,
        /// The Region.
        aws_region: Option<String>,
        /// What is forbidden.
        internet_gateway_block_mode: Option<BlockMode>,
        /// `default-state`, `update-in-progress`, `update-complete`.
        state: Option<String>,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
        /// Whether exclusions may be made.
        exclusions_allowed: Option<String>,
    }
    /// An exclusion from Block Public Access.
    struct BlockPublicAccessExclusion {
        /// Its id.
        exclusion_id: Option<ExclusionId>,
        /// The ARN of a VPC or a subnet.
        resource_arn: Option<String>,
        /// What it admits.
        internet_gateway_exclusion_mode: Option<ExclusionMode>,
        /// Whether it is in force.
        state: Option<ExclusionState>,
    }
    /// A flow log.
    struct FlowLog {
        /// Its id.
        flow_log_id: Option<FlowLogId>,
        /// The VPC, subnet or interface.
        resource_id: Option<String>,
        /// `ACTIVE`.
        flow_log_status: Option<String>,
        /// `ACCEPT`, `REJECT` or `ALL`.
        traffic_type: Option<String>,
        /// `cloud-watch-logs`, `s3`, `kinesis-data-firehose`.
        log_destination_type: Option<String>,
        /// The log group.
        log_group_name: Option<String>,
        /// The record's fields.
        log_format: Option<String>,
        /// `SUCCESS` or `FAILED`.
        deliver_logs_status: Option<String>,
    }
    /// A result of VPC Reachability Analyzer.
    struct NetworkInsightsAnalysis {
        /// Its id.
        network_insights_analysis_id: Option<AnalysisId>,
        /// The path that was analysed.
        network_insights_path_id: Option<String>,
        /// `succeeded` counts.
        status: Option<String>,
        /// Whether a path was found.
        network_path_found: Option<bool>,
        /// Why none was.
        explanations: Vec<AnalysisExplanation>,
    }
    /// Why no path was found.
    struct AnalysisExplanation {
        /// One of the documented explanation codes, such as `ENI_SG_RULES_MISMATCH`.
        explanation_code: Option<String>,
    }
}

/// AWS's published address ranges (`ip-ranges.json`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IpRanges {
    /// IPv4 and IPv6 ranges in the file's order, with Region and service (`AMAZON` holds all).
    pub prefixes: Vec<PublishedPrefix>,
}

/// One published range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPrefix {
    /// The range.
    pub cidr: Cidr,
    /// `us-east-1`, or `GLOBAL`.
    pub region: String,
    /// `AMAZON`, `S3`, …
    pub service: String,
}

shape! { Snake;
    /// A range as the file prints it.
    struct RawPrefix {
        /// IPv4.
        ip_prefix: Option<Cidr>,
        /// IPv6.
        ipv6_prefix: Option<Cidr>,
        /// The Region.
        region: Option<String>,
        /// The service.
        service: Option<String>,
    }
}

impl RawPrefix {
    pub(crate) fn published(self) -> Option<PublishedPrefix> {
        Some(PublishedPrefix {
            cidr: self.ip_prefix.or(self.ipv6_prefix)?,
            region: self.region?,
            service: self.service?,
        })
    }
}

impl Resource for BlockPublicAccessExclusion {
    type Id = ExclusionId;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpcBlockPublicAccessExclusions;
    const MEMBER: &'static str = "VpcBlockPublicAccessExclusions";
    fn id(&self) -> Option<ExclusionId> {
        self.exclusion_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "exclusion-id" => one(self.exclusion_id.as_ref()),
            "resource-arn" => one(self.resource_arn.as_ref()),
            "internet-gateway-exclusion-mode" => self
                .internet_gateway_exclusion_mode
                .as_ref()
                .map(ExclusionMode::as_str)
                .into_iter()
                .collect(),
            "state" => self.state.as_ref().map(ExclusionState::as_str).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl Resource for FlowLog {
    type Id = FlowLogId;
    const LISTED_BY: Operation = Operation::Ec2DescribeFlowLogs;
    const MEMBER: &'static str = "FlowLogs";
    fn id(&self) -> Option<FlowLogId> {
        self.flow_log_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "flow-log-id" => one(self.flow_log_id.as_ref()),
            "resource-id" => one(self.resource_id.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for NetworkInsightsAnalysis {
    type Id = AnalysisId;
    const LISTED_BY: Operation = Operation::Ec2DescribeNetworkInsightsAnalyses;
    const MEMBER: &'static str = "NetworkInsightsAnalyses";
    fn id(&self) -> Option<AnalysisId> {
        self.network_insights_analysis_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "network-insights-analysis-id" => one(self.network_insights_analysis_id.as_ref()),
            "network-insights-path-id" => one(self.network_insights_path_id.as_ref()),
            _ => Vec::new(),
        }
    }
}
