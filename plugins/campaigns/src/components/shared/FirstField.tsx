import TextField, { TextFieldProps } from '@material-ui/core/TextField';

/** The field that a dialog or menu begins with: what a person opened waits for its text. */
export function FirstField(props: TextFieldProps & { id: string }) {
  // The person has just asked for the dialog, so the focus surprises nobody.
  // eslint-disable-next-line jsx-a11y/no-autofocus
  return <TextField {...props} autoFocus fullWidth />;
}
