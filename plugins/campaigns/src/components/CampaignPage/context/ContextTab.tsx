import { Route, Routes } from 'react-router-dom';
import { Campaign } from '@skein/plugin-campaigns-common';
import { ContextNav } from './ContextNav';
import {
  EvaluationComparisonPage,
  EvaluationPage,
  EvaluationsSection,
  TrialPage,
} from './evaluations';
import { FeedbackSection } from './feedback';
import {
  RevisionComparisonPage,
  RevisionPage,
  RevisionsSection,
} from './revisions';

/** What jobs are told, how well it works, and what people and agents say of it. */
export function ContextTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  return (
    <>
      <ContextNav campaign={campaign} />
      <Routes>
        <Route path="/" element={<RevisionsSection campaign={campaign} />} />
        <Route
          path="/revisions/compare"
          element={<RevisionComparisonPage campaign={campaign} />}
        />
        <Route
          path="/revisions/:revisionId"
          element={<RevisionPage campaign={campaign} />}
        />
        <Route
          path="/evaluations"
          element={<EvaluationsSection campaign={campaign} />}
        />
        <Route
          path="/evaluations/compare"
          element={<EvaluationComparisonPage campaign={campaign} />}
        />
        <Route
          path="/evaluations/:evaluationId"
          element={<EvaluationPage campaign={campaign} />}
        />
        <Route
          path="/evaluations/:evaluationId/trials/:jobId"
          element={<TrialPage campaign={campaign} />}
        />
        <Route
          path="/feedback"
          element={<FeedbackSection campaign={campaign} />}
        />
      </Routes>
    </>
  );
}
