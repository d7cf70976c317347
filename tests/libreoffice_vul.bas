' Fills in content controls as somebody at the keyboard of LibreOffice Writer does, through its UNO interface.
' Kept alive by support_uno.py: job after job in one folder, until the file "stop" lies there.

Sub Dien(werk As String)
  Dim bestanden As Object
  bestanden = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  nummer = 1
  Do While Not bestanden.exists(werk & "/stop")
    If bestanden.exists(werk & "/" & nummer & ".opdracht") Then
      Schrijf(bestanden, werk & "/" & nummer & ".klaar", Doe(bestanden, werk & "/" & nummer))
      nummer = nummer + 1
    Else
      Wait 5
    End If
  Loop
  StarDesktop.terminate()
End Sub

' The first line names the filter; each other one a control by its place in the document, its kind and its answer.
Function Doe(bestanden As Object, stam As String) As String
  Dim lezen(0) As New com.sun.star.beans.PropertyValue
  Dim schrijven(0) As New com.sun.star.beans.PropertyValue
  Dim stroom As Object
  On Local Error Goto Fout
  stroom = CreateUnoService("com.sun.star.io.TextInputStream")
  stroom.setInputStream(bestanden.openFileRead(stam & ".opdracht"))
  stroom.setEncoding("UTF-8")
  filter = stroom.readLine()
  lezen(0).Name = "Hidden"
  lezen(0).Value = True
  doc = StarDesktop.loadComponentFromURL(stam & ".docx", "_blank", 0, lezen())
  velden = Verzamel(doc)
  Do While Not stroom.isEOF()
    deel = Split(stroom.readLine(), Chr(9))
    If UBound(deel) = 2 Then Zet(velden(CInt(deel(0))), deel(1), deel(2))
  Loop
  stroom.closeInput()
  schrijven(0).Name = "FilterName"
  schrijven(0).Value = filter
  doc.storeToURL(stam & ".uit", schrijven())
  doc.close(True)
  Doe = "goed"
  Exit Function
Fout:
  Doe = Erl & " " & Error$
End Function

' All controls of the text, table after table, cell after cell.
Function Verzamel(doc As Object)
  Dim velden(2000)
  aantal = 0
  blokken = doc.Text.createEnumeration()
  Do While blokken.hasMoreElements()
    blok = blokken.nextElement()
    If blok.supportsService("com.sun.star.text.TextTable") Then
      namen = blok.getCellNames()
      For n = 0 To UBound(namen)
        alineas = blok.getCellByName(namen(n)).createEnumeration()
        Do While alineas.hasMoreElements()
          LeesAlinea(alineas.nextElement(), velden, aantal)
        Loop
      Next n
    Else
      LeesAlinea(blok, velden, aantal)
    End If
  Loop
  Verzamel = velden
End Function

Sub LeesAlinea(alinea As Object, velden, aantal)
  delen = alinea.createEnumeration()
  Do While delen.hasMoreElements()
    deel = delen.nextElement()
    If deel.TextPortionType = "ContentControl" Then
      velden(aantal) = deel.ContentControl
      aantal = aantal + 1
    End If
  Loop
End Sub

Sub Zet(veld As Object, soort As String, antwoord As String)
  If soort = "vinkje" Then
    veld.Checked = (antwoord = "1")
    Typ(veld, IIf(antwoord = "1", veld.CheckedState, veld.UncheckedState), False)
  Else
    veld.ShowingPlaceHolder = False
    If soort = "datum" Then veld.CurrentDate = Split(antwoord, Chr(30))(1)
    Typ(veld, antwoord, soort = "regels")
  End If
End Sub

' The new words come first and the old ones go then: an empty control would let the words stand beside it. The Enter key
' parts the lines of a text: in LibreOffice 7.4 the control then ends with the first one, the others stand below it.
Sub Typ(veld As Object, antwoord As String, metEnter As Boolean)
  oud = 0
  runs = veld.createEnumeration()
  Do While runs.hasMoreElements()
    oud = oud + Len(runs.nextElement().getString())
  Loop
  regels = Split(antwoord, Chr(30))
  cursor = veld.createTextCursor()
  cursor.gotoStart(False)
  cursor.setString(regels(0))
  cursor.collapseToEnd()
  cursor.goRight(oud, True)
  cursor.setString("")
  If metEnter Then
    cursor.gotoEndOfParagraph(False)
    For n = 1 To UBound(regels)
      cursor.getText().insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
      cursor.getText().insertString(cursor, regels(n), False)
    Next n
  End If
End Sub

Sub Schrijf(bestanden As Object, url As String, tekst As String)
  Dim stroom As Object
  stroom = CreateUnoService("com.sun.star.io.TextOutputStream")
  stroom.setOutputStream(bestanden.openFileWrite(url & ".half"))
  stroom.setEncoding("UTF-8")
  stroom.writeString(tekst)
  stroom.closeOutput()
  bestanden.move(url & ".half", url)
End Sub
