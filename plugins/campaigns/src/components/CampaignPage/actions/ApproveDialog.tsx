import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { Campaign } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../format/words';
import { TargetActionDialog } from '../../TargetActionDialog';

/** Chooses a wave, or all, and approves what waits there. */
export function ApproveDialog(props: {
  campaign: Campaign;
  onClose: () => void;
}) {
  const { campaign, onClose } = props;
  const waves = campaign.waves
    .map(wave => ({ name: wave.name, count: wave.counts.proposed ?? 0 }))
    .filter(({ count }) => count > 0);
  const [wave, setWave] = useState(waves[0]?.name ?? '');
  const [confirming, setConfirming] = useState(waves.length <= 1);
  const total = campaign.counts.proposed ?? 0;
  // Named once: while the dialog is open, approved changes leave the counts.
  const [counts] = useState(
    () => new Map([...waves.map(w => [w.name, w.count] as const), ['', total]]),
  );

  if (confirming) {
    return (
      <TargetActionDialog
        campaignName={campaign.name}
        action="approve"
        selection={{
          filter: { states: ['proposed'], ...(wave ? { waves: [wave] } : {}) },
        }}
        count={counts.get(wave) ?? total}
        detail={wave ? `of wave ${wave}` : 'of all waves'}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="approve-title"
    >
      <DialogTitle id="approve-title">Approve changes</DialogTitle>
      <DialogContent>
        <Typography variant="body1" gutterBottom>
          Changes wait for approval in several waves.
        </Typography>
        <RadioGroup
          aria-label="Wave"
          value={wave}
          onChange={event => setWave(event.target.value)}
        >
          {waves.map(({ name, count }) => (
            <FormControlLabel
              key={name}
              value={name}
              control={<Radio color="primary" />}
              label={`${name}: ${countOf(count, 'change')}`}
            />
          ))}
          <FormControlLabel
            value=""
            control={<Radio color="primary" />}
            label={`All waves: ${countOf(total, 'change')}`}
          />
        </RadioGroup>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button
          variant="contained"
          color="primary"
          onClick={() => setConfirming(true)}
        >
          Go on
        </Button>
      </DialogActions>
    </Dialog>
  );
}
