#include "promlite/engine/promql/executor.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/time/clock.h"

namespace promlite::promql::internal {
namespace {

size_t CountSamples(const Block& block) {
  size_t samples = 0;
  for (size_t row = 0; row < block.rows(); ++row) {
    samples += block.CountPresent(row) + static_cast<size_t>(HistogramSizeInSamples(block, row));
  }
  return samples;
}

class Execution {
 public:
  Execution(const Plan& plan, ExecContext& context, std::vector<NodeProfile>* profiles)
      : plan_(plan), context_(context), profiles_(profiles), blocks_(plan.nodes.size()) {
    waiting_.reserve(plan.nodes.size());
    for (const PlanNode& node : plan.nodes) waiting_.push_back(node.consumers);
    check_order_.resize(plan.nodes.size());
    std::iota(check_order_.begin(), check_order_.end(), NodeId{0});
    std::sort(check_order_.begin(), check_order_.end(), [this](NodeId a, NodeId b) {
      return std::pair(CheckedBefore(a), b) < std::pair(CheckedBefore(b), a);
    });
    held_.resize(plan.nodes.size());
    if (profiles_ != nullptr) profiles_->assign(plan.nodes.size(), {});
  }

  absl::StatusOr<Block> Run() {
    for (NodeId id = 0; id < plan_.nodes.size(); ++id) {
      if (absl::Status status = RunChecks(id); !status.ok()) return status;
      if (plan_.nodes[id].streams) continue;
      if (absl::Status status = RunNode(id); !status.ok()) return status;
    }
    return std::move(*blocks_[plan_.root()]);
  }

 private:
  struct HeldBlock {
    int64_t samples = 0;
    int64_t bytes = 0;
  };

  // The node before which this one is checked.
  NodeId CheckedBefore(NodeId id) const {
    const bool after_inputs =
        context_.settings.options.compatibility == Compatibility::kPrometheus2;
    return after_inputs ? id : plan_.nodes[id].subtree_begin;
  }

  // Checks all that are to be checked before node `id` runs, the outermost first.
  absl::Status RunChecks(NodeId id) {
    for (; checked_ < check_order_.size(); ++checked_) {
      const NodeId next = check_order_[checked_];
      if (CheckedBefore(next) > id) break;
      // Within a subquery that has no step nothing is evaluated, so nothing is refused either.
      if (plan_.nodes[next].grid.steps() == 0) continue;
      if (absl::Status status = plan_.nodes[next].op->Check(); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  std::vector<const Block*> Inputs(NodeId id) const {
    std::vector<const Block*> inputs;
    for (const std::optional<NodeId>& input : plan_.nodes[id].inputs) {
      inputs.push_back(input && blocks_[*input] ? &*blocks_[*input] : nullptr);
    }
    return inputs;
  }

  absl::Status RunNode(NodeId id) {
    if (absl::Status status = context_.budget.Check(); !status.ok()) return status;
    const size_t steps = plan_.nodes[id].grid.steps();
    if (absl::Status status = context_.budget.CheckFits(1, steps); !status.ok()) return status;
    const absl::Time start = profiles_ != nullptr ? absl::Now() : absl::Time();
    absl::StatusOr<Block> block = Evaluate(id);
    if (!block.ok()) return block.status();
    const size_t samples = CountSamples(*block);
    if (profiles_ != nullptr) {
      (*profiles_)[id] = {block->rows(), samples, absl::Now() - start};
    }
    held_[id] = {static_cast<int64_t>(samples), static_cast<int64_t>(block->bytes())};
    if (absl::Status s = context_.budget.Hold(held_[id].samples, held_[id].bytes); !s.ok())
      return s;
    blocks_[id] = *std::move(block);
    ReleaseInputs(id);
    return absl::OkStatus();
  }

  absl::StatusOr<Block> Evaluate(NodeId id) {
    const PlanNode& node = plan_.nodes[id];
    if (node.grid.steps() == 0) return Block(SeriesSet(), 0);
    const std::vector<const Block*> inputs = Inputs(id);
    if (!node.inputs.empty() && node.inputs[0] && plan_.nodes[*node.inputs[0]].streams) {
      return EvaluateRows(node, *node.inputs[0], inputs);
    }
    return node.op->Evaluate(context_, node.grid, inputs);
  }

  // Evaluates a node of which the first input streams.
  absl::StatusOr<Block> EvaluateRows(const PlanNode& node, NodeId source,
                                     std::vector<const Block*> inputs) {
    const std::vector<const Block*> source_inputs = Inputs(source);
    const absl::StatusOr<std::unique_ptr<RowReader>> rows =
        plan_.nodes[source].op->OpenRows(context_, node.grid, source_inputs);
    if (!rows.ok()) return rows.status();
    absl::StatusOr<Block> result;
    if ((*rows)->equal_series() == EqualSeries::kNone) {
      result = node.op->EvaluateRows(context_, node.grid, **rows, inputs);
    } else {
      const absl::StatusOr<Block> whole = ReadAllRows(context_, node.grid, **rows);
      if (!whole.ok()) return whole.status();
      inputs[0] = &*whole;
      result = node.op->Evaluate(context_, node.grid, inputs);
    }
    if (profiles_ != nullptr) (*profiles_)[source].series = (*rows)->series().size();
    ReleaseInputs(source);
    return result;
  }

  // Frees the blocks that no node waits for any more.
  void ReleaseInputs(NodeId id) {
    for (const std::optional<NodeId>& input : plan_.nodes[id].inputs) {
      if (!input || --waiting_[*input] > 0 || !blocks_[*input]) continue;
      blocks_[*input].reset();
      (void)context_.budget.Hold(-held_[*input].samples, -held_[*input].bytes);
    }
  }

  const Plan& plan_;
  ExecContext& context_;
  std::vector<NodeProfile>* const profiles_;
  std::vector<std::optional<Block>> blocks_;
  std::vector<size_t> waiting_;  // consumers still to run
  std::vector<HeldBlock> held_;  // what each block holds of the budget
  std::vector<NodeId> check_order_;
  size_t checked_ = 0;  // of check_order_
};

}  // namespace

absl::StatusOr<Block> Execute(const Plan& plan, ExecContext& context,
                              std::vector<NodeProfile>* profiles) {
  return Execution(plan, context, profiles).Run();
}

}  // namespace promlite::promql::internal
